// One request of a session and its result; it is repeated in a new session if the server no longer knows the old one.
import type { Endpoint } from '../endpoint.ts'
import { operationFailed } from '../operation-failed.ts'
import type { RequestOptions, Response } from '../send.ts'
import type { Client, McpUser } from './client.ts'
import { type OpenSession, SESSION_ID } from './initialize.ts'
import type { Notification } from './json-rpc.ts'
import { resultOf } from './result-of.ts'

/** Progress as the server reports it. */
export interface Progress {
  progress: number
  total?: number
  message?: string
}

export interface CallOptions extends Pick<RequestOptions, 'headers' | 'tags' | 'timeout'> {
  /** Asks the server for progress. k6 reads a response as a whole, so this is called when it has ended. */
  onProgress?: (progress: Progress) => void
  /** Receives k6's response, for its timings and headers. */
  onResponse?: (response: Response) => void
  /** Receives the other notifications of the response's stream. */
  onNotification?: (notification: Notification) => void
}

/** A method of the protocol with its parameters. */
export interface Method {
  endpoint: Endpoint
  method: string
  params: Record<string, unknown>
}

/** @throws OperationError, as resultOf() does; `mcp-session-lost` */
export const call = (
  client: Client,
  user: McpUser,
  { options, ...method }: Method & { options: CallOptions },
): unknown => {
  const once = (): Sent => {
    const { send, session } = client.open(user)
    const sent = request(session, method, options)
    return { ...sent, response: send(method.endpoint, sent.message, sent.options) }
  }
  let sent = once()
  if (isLost(client, sent)) sent = once()
  return resultOfCall(method, sent, options)
}

/** The same without waiting: a VU can have many in flight. */
export const callAsync = async (
  client: Client,
  user: McpUser,
  { options, ...method }: Method & { options: CallOptions },
): Promise<unknown> => {
  const once = async (): Promise<Sent> => {
    const { sendAsync, session } = client.open(user)
    const sent = request(session, method, options)
    return { ...sent, response: await sendAsync(method.endpoint, sent.message, sent.options) }
  }
  let sent = await once()
  if (isLost(client, sent)) sent = await once()
  return resultOfCall(method, sent, options)
}

interface Request {
  session: OpenSession
  id: number
  message: object
  options: RequestOptions<'text'>
}

interface Sent extends Request {
  response: Response
}

const request = (
  session: OpenSession,
  { method, params }: Method,
  { headers, tags, timeout, onProgress }: CallOptions,
): Request => {
  const id = session.nextId++
  const meta = onProgress && { _meta: { progressToken: id } }
  return {
    session,
    id,
    message: { jsonrpc: '2.0', id, method, params: { ...params, ...meta } },
    options: {
      headers: { ...headers, ...session.headers },
      responseType: 'text',
      ...(tags && { tags }),
      ...(timeout !== undefined && { timeout }),
    },
  }
}

// By the specification a 404 means that the session has ended, and the client begins a new one.
const isLost = (client: Client, { session, response }: Sent): boolean => {
  if (response.status !== 404 || session.headers[SESSION_ID] === undefined) return false
  client.forget(session)
  return true
}

const resultOfCall = ({ endpoint }: Method, sent: Sent, options: CallOptions): unknown => {
  const { id, response, session } = sent
  const { name } = endpoint
  options.onResponse?.(response)
  if (response.status === 404 && session.headers[SESSION_ID] !== undefined)
    throw operationFailed(
      'mcp-session-lost',
      `${name}: the server does not know the session that it has just begun`,
    )
  return resultOf({ name, id, response, onNotification: tellOf(id, options) })
}

const tellOf = (id: number, { onProgress, onNotification }: CallOptions) => {
  if (!onProgress && !onNotification) return undefined
  return (notification: Notification): void => {
    const { method, params } = notification
    if (method !== 'notifications/progress') {
      onNotification?.(notification)
      return
    }
    const { progressToken, ...progress } = params ?? {}
    // By the protocol these are the fields of a Progress; what the server sends is not checked.
    if (progressToken === id) onProgress?.(progress as unknown as Progress)
  }
}
