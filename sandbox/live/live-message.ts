import { ApiError } from '../api-error.ts'
import { PROMPT_LENGTH_MAX } from '../enhancement-body.ts'

/** What a client says over a live connection; each message is answered with its `id`. */
export type LiveMessage =
  | { id: number; type: 'enhance'; prompt: string }
  | { id: number; type: 'subscribe'; interval_ms: number }

const INTERVAL_MS_MIN = 50
const INTERVAL_MS_MAX = 60_000

/**
 * Reads one message.
 *
 * @throws ApiError 400 in plain words, for which nothing of the message is needed
 */
export function readLiveMessage(text: string): LiveMessage {
  const message = parse(text)
  const { id, type, prompt, interval_ms: intervalMs } = message
  expect(Number.isSafeInteger(id), 'an id that is an integer')
  if (type === 'enhance') {
    const isPrompt =
      typeof prompt === 'string' && prompt !== '' && prompt.length <= PROMPT_LENGTH_MAX
    expect(isPrompt, `a prompt of 1 to ${PROMPT_LENGTH_MAX} characters`)
    return { id: id as number, type, prompt: prompt as string }
  }
  expect(type === 'subscribe', 'the type enhance or subscribe')
  const isInterval =
    Number.isSafeInteger(intervalMs) &&
    Number(intervalMs) >= INTERVAL_MS_MIN &&
    Number(intervalMs) <= INTERVAL_MS_MAX
  expect(isInterval, `interval_ms from ${INTERVAL_MS_MIN} to ${INTERVAL_MS_MAX}`)
  return { id: id as number, type: 'subscribe', interval_ms: intervalMs as number }
}

function parse(text: string): Record<string, unknown> {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    message = undefined
  }
  expect(typeof message === 'object' && message !== null, 'a message that is a JSON object')
  return message as Record<string, unknown>
}

function expect(isRight: boolean, what: string): void {
  if (!isRight) throw new ApiError(400, 'invalid_message', `Expected ${what}`)
}
