import { ApiError } from '../api-error.ts'
import { enhancementBody } from '../enhancement-body.ts'
import { msSince } from '../ms-since.ts'
import type { Services } from '../services.ts'
import { CLOSE, SOCKET_OPEN, type StreamSocket } from '../dashboard/stream-socket.ts'
import { type LiveMessage, readLiveMessage } from './live-message.ts'

/** What a live connection needs of the sandbox. */
export type LiveParts = Pick<Services, 'enhancer' | 'metrics' | 'model' | 'settings' | 'store'> & {
  /** Shared by all clients. */
  counted: { subscriptions: number }
}

// The next one is answered with an error: a client that does not wait must not fill the queue of all others.
const UNANSWERED_MAX = 16

/** One client of `WS /v1/live`: it sends prompts, and may follow how busy the model is. */
export class LiveClient {
  readonly #parts: LiveParts
  readonly #socket: StreamSocket
  readonly #userId: number
  #unanswered = 0
  #beat: NodeJS.Timeout | undefined

  constructor(parts: LiveParts, socket: StreamSocket, userId: number) {
    this.#parts = parts
    this.#socket = socket
    this.#userId = userId
    socket.once('close', () => clearInterval(this.#beat))
  }

  /** Answers one message, whatever it is. */
  async receive(text: string): Promise<void> {
    let id: number | undefined
    this.#unanswered++
    try {
      if (this.#unanswered > UNANSWERED_MAX) throw new ApiError(429, 'too_many', TOO_MANY)
      const message = readLiveMessage(text)
      id = message.id
      if (message.type === 'enhance') this.#say(await this.#enhance(message))
      else this.#subscribe(message)
    } catch (error) {
      const { code, message } = error instanceof ApiError ? error : INTERNAL
      this.#say({ id, type: 'error', code, message })
    } finally {
      this.#unanswered--
    }
  }

  async #enhance({ id, prompt }: LiveMessage & { type: 'enhance' }): Promise<object> {
    const { enhancer, metrics, store } = this.#parts
    const sinceMs = performance.now()
    const enhancement = await enhancer.enhance(prompt)
    const stored = await store.addEnhancement(this.#userId, enhancement, msSince(sinceMs))
    metrics.techniqueChoices.inc({ technique: enhancement.technique })
    metrics.costUsd.inc(enhancement.costUsd)
    return { id, type: 'enhanced', result: enhancementBody(stored, enhancement) }
  }

  #subscribe({ id, interval_ms: intervalMs }: LiveMessage & { type: 'subscribe' }): void {
    const { counted, model, settings } = this.#parts
    const { streamDropEvery: every } = settings
    const isDropped = every > 0 && ++counted.subscriptions % every === 0
    let sequence = 0
    clearInterval(this.#beat)
    this.#say({ id, type: 'subscribed', interval_ms: intervalMs })
    this.#beat = setInterval(() => {
      this.#say({ type: 'load', sequence: ++sequence, ...model.state })
      if (isDropped) this.#socket.close(...CLOSE.serviceRestart)
    }, intervalMs)
  }

  #say(message: object): void {
    if (this.#socket.readyState === SOCKET_OPEN) this.#socket.send(JSON.stringify(message))
  }
}

const TOO_MANY = `Expected at most ${UNANSWERED_MAX} messages without an answer`
const INTERNAL = { code: 'internal_error', message: 'The message could not be answered' }
