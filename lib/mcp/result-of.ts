// Reads the answer to one request: its result, or the reason why the operation has failed.
import { operationFailed } from '../operation-failed.ts'
import type { Response } from '../send.ts'
import { eventData } from './event-stream.ts'
import {
  errorReason,
  type Message,
  type Notification,
  notificationsOf,
  responseTo,
} from './json-rpc.ts'

/** One request and what came back. */
export interface Answered {
  /** Of the endpoint, for messages. */
  name: string
  id: number
  response: Response
  /** Receives the notifications that came before the response, in their order. */
  onNotification?: ((notification: Notification) => void) | undefined
}

/**
 * The result of a request.
 *
 * @throws OperationError `mcp-no-answer`, `mcp-status-503` and the like, `mcp-invalid-params` and the like,
 * `mcp-unreadable`, `mcp-no-response`
 */
export const resultOf = (answered: Answered): unknown => {
  const { name, id, response, onNotification } = answered
  requireStatus(name, response)
  const { messages, unreadable } = messagesOf(response)
  if (onNotification) notificationsOf(messages).forEach((each) => onNotification(each))
  const answer = responseTo(id, messages)
  if (answer?.error) {
    const { code, message } = answer.error
    throw operationFailed(errorReason(code), `${name} ended with error ${code}: ${message}`)
  }
  if (answer) return requireObject(name, answer.result)
  if (unreadable !== undefined)
    throw operationFailed(
      'mcp-unreadable',
      `${name} answered with something other than JSON-RPC: ${unreadable}`,
    )
  throw operationFailed('mcp-no-response', `${name} ended without a response to request ${id}`)
}

// Every result of the protocol is an object, and all that follows reads fields of it.
const requireObject = (name: string, result: unknown): unknown => {
  if (typeof result === 'object' && result !== null && !Array.isArray(result)) return result
  const said = beginningOf(JSON.stringify(result))
  throw operationFailed('mcp-unreadable', `${name} answered a result that is no object: ${said}`)
}

/** @throws OperationError `mcp-no-answer` or `mcp-status-503` and the like */
export const requireStatus = (name: string, response: Response): void => {
  const { status, error } = response
  if (status === 0) throw operationFailed('mcp-no-answer', `${name} got no answer: ${error}`)
  if (status >= 200 && status < 300) return
  const said = bodyOf(response).slice(0, SHOWN_CHARACTERS)
  throw operationFailed(`mcp-status-${status}`, `${name} answered ${status}: ${said}`)
}

const SHOWN_CHARACTERS = 200

interface Read {
  messages: Message[]
  /** The beginning of what could not be read. */
  unreadable?: string
}

const messagesOf = (response: Response): Read => {
  const type = (response.headers['Content-Type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type === 'text/event-stream') return readEach(eventData(bodyOf(response)))
  if (type !== 'application/json')
    return { messages: [], unreadable: `Content-Type ${type === '' ? 'missing' : type}` }
  try {
    // k6 parses it in Go.
    return { messages: [response.json() as unknown].flat().filter(isMessage) }
  } catch {
    return { messages: [], unreadable: beginningOf(bodyOf(response)) }
  }
}

// A damaged event need not be the response.
const readEach = (texts: readonly string[]): Read => {
  const read: Read = { messages: [] }
  for (const text of texts) {
    try {
      read.messages.push(...[JSON.parse(text) as unknown].flat().filter(isMessage))
    } catch {
      read.unreadable ??= beginningOf(text)
    }
  }
  return read
}

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'jsonrpc' in value

// k6 has no body for a request that failed.
const bodyOf = ({ body }: { body: unknown }): string => (typeof body === 'string' ? body : '')

const beginningOf = (text: string): string => JSON.stringify(text.slice(0, SHOWN_CHARACTERS))
