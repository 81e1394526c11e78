import { ApiError } from '../../api-error.ts'
import { sleep } from '../../sleep.ts'
import { type Finding, findingsOf, mendedContent } from './findings.ts'
import type { Status, StoredValidation, ValidationStore } from './validation-store.ts'

/** Longer documents are refused. */
export const CONTENT_CHARACTERS_MAX = 100_000

/** The result of a validation. */
export interface Validation extends Record<string, unknown> {
  id: number
  status: Status
  findings: Finding[]
}

/** The work itself, whichever protocol it is called by: validates, approves and enhances documents. */
export class DocumentWork {
  readonly #store: ValidationStore
  readonly #enhanceMs: number

  /** @param enhanceMs how long the model takes to enhance a document; constant, so that protocols can be compared */
  constructor(store: ValidationStore, enhanceMs: number) {
    this.#store = store
    this.#enhanceMs = enhanceMs
  }

  async validate(userId: number, content: string): Promise<Validation> {
    const findings = findingsOf(content)
    return { id: await this.#store.add(userId, content), status: 'validated', findings }
  }

  /** @throws ApiError 404, 409 */
  async approve(userId: number, id: number): Promise<{ id: number; status: Status }> {
    await this.#find(userId, id, 'validated')
    await this.#advance(id, 'validated', 'approved')
    return { id, status: 'approved' }
  }

  /** @throws ApiError 404, 409 */
  async enhance(
    userId: number,
    id: number,
  ): Promise<{ id: number; status: Status; content: string }> {
    const { content } = await this.#find(userId, id, 'approved')
    if (this.#enhanceMs > 0) await sleep(this.#enhanceMs)
    await this.#advance(id, 'approved', 'enhanced')
    return { id, status: 'enhanced', content: mendedContent(content) }
  }

  async #find(userId: number, id: number, status: Status): Promise<StoredValidation> {
    const found = await this.#store.find(userId, id)
    if (found === undefined)
      throw new ApiError(404, 'not_found', `Expected a validation of yours, got id ${id}`)
    if (found.status !== status) throw wrongStatus(id, status, found.status)
    return found
  }

  async #advance(id: number, from: Status, to: Status): Promise<void> {
    if (!(await this.#store.advance(id, from, to))) throw wrongStatus(id, from, 'another one')
  }
}

function wrongStatus(id: number, expected: Status, found: string): ApiError {
  const message = `Expected validation ${id} to be ${expected}, got ${found}`
  return new ApiError(409, 'wrong_status', message)
}
