// Pure: read by k6 and by Node.

type FieldType = 'string' | 'number' | 'boolean' | 'object' | 'array'

/** What an answer has to be. Cheap on purpose: a check costs a quarter of a request's CPU. */
export interface Expectation<T> {
  /** @default 200 */
  status?: number
  /** Fields of the JSON body and their types; every one is required. */
  fields?: Partial<Record<keyof T, FieldType>>
  /** Facts about the body that must hold, by a name for the reason. */
  rules?: Record<string, (body: T) => boolean>
}

/**
 * Why an answer is not as expected: `no-answer`, `status-503`, `not-json`, `field-cost_usd`, or
 * the name of a broken rule. Undefined when it is.
 */
export function rejection<T>(
  status: number,
  body: unknown,
  { status: expected = 200, fields = {}, rules = {} }: Expectation<T>,
): string | undefined {
  if (status === 0) return 'no-answer'
  if (status !== expected) return `status-${status}`
  if (typeof body !== 'object' || body === null) return 'not-json'
  const found = body as Record<string, unknown>
  const wrongField = Object.entries(fields).find(([name, type]) => typeOf(found[name]) !== type)
  if (wrongField) return `field-${wrongField[0]}`
  return Object.entries(rules).find(([, holds]) => !holdsSafely(holds, body as T))?.[0]
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
}

// A rule that meets a body of another shape may throw; the answer is wrong, the script is not.
function holdsSafely<T>(holds: (body: T) => boolean, body: T): boolean {
  try {
    return holds(body)
  } catch {
    return false
  }
}

/** The JSON value of a body; undefined for anything that is no JSON. */
export function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
