// One request of a session and its result; over a new session, where the server knows the old one no more.
import type { Endpoint } from '../endpoint.ts'
import { operationFailed } from '../operation-failed.ts'
import type { RequestOptions, Response } from '../send.ts'
import type { Client, McpUser } from './client.ts'
import { type OpenSession, SESSION_ID } from './initialize.ts'
import type { Notification } from './json-rpc.ts'
import { resultOf } from './result-of.ts'

/** How far a server has come, in its own words. */
export interface Progress {
  progress: number
  total?: number
  message?: string
}

export interface CallOptions extends Pick<RequestOptions, 'headers' | 'tags' | 'timeout'> {
  /** Asks for progress; called when the response is there, as k6 reads it whole. */
  onProgress?: (progress: Progress) => void
  /** Gets k6's response, for its timings and headers. */
  onResponse?: (response: Response) => void
  /** Gets the other notifications of the response's stream. */
  onNotification?: (notification: Notification) => void
}

/** A method of the protocol, and what it is called with. */
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

/** The same, while others of this VU are under way. */
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

// So says the specification: then the client begins anew.
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
    throw operationFailed('mcp-session-lost', `${name}: the server lost a session that is new`)
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
    // What a server sends is not checked: the protocol says that these are the fields of a Progress.
    if (progressToken === id) onProgress?.(progress as unknown as Progress)
  }
}
