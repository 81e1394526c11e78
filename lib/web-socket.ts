// A WebSocket of k6 as promises: open it, send, wait for the next message, close it. What goes wrong on the way fails
// the operation, under a reason that begins with `ws-`.
import { type Query, urlOf } from './endpoint.ts'
import { headersOf, type Session } from './session.ts'
import {
  awaitOpen,
  closeLine,
  type Line,
  receiveOver,
  sendOver,
  startLine,
} from './web-socket-line.ts'

/** Where to connect, and what is unusual about it. */
export interface ConnectionOptions {
  /** Of a route of the target, such as `/v1/live`; the metrics of the connection are named `WS /v1/live`. */
  path: string
  /** Values for the `:parameters` of the path; its name keeps them. */
  params?: Record<string, string>
  query?: Query | undefined
  /** Besides those of the log-in. */
  headers?: Record<string, string>
  /** How long to wait for the server: for its handshake, each message, its goodbye. @default 10,000 */
  timeoutMs?: number
  /** How a text or an ArrayBuffer becomes a message. @default JSON.parse */
  parse?: (data: never) => unknown
}

/** An open connection. */
export interface Connection {
  /** Sends a text as it is, and anything else as JSON. @throws OperationError `ws-closed` */
  send: (message: unknown) => void
  /**
   * The next message; with `isWanted` the next one that is wanted: what comes before it is skipped.
   *
   * @throws OperationError `ws-closed`, `ws-silent` or `ws-unreadable`
   */
  receive: <Message>(isWanted?: (message: Message) => boolean) => Promise<Message>
}

/**
 * Connects as the user of the session, lets `use` speak, and closes the connection however that ends: k6 ends no
 * iteration while one is open.
 *
 * @throws OperationError `ws-refused`, `ws-slow-handshake` or `ws-unclosed`, and what `use` throws
 */
export const withWebSocket = async <Result>(
  session: Session,
  options: ConnectionOptions,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> => {
  const line = connect(session, options)
  await awaitOpen(line)
  let result: Result
  try {
    result = await use({
      send: (message) => sendOver(line, message),
      receive: (isWanted = () => true) => receiveOver(line, isWanted),
    })
  } catch (error) {
    // What went wrong first is what counts.
    await closeLine(line).catch(() => undefined)
    throw error
  }
  await closeLine(line)
  return result
}

const connect = (session: Session, options: ConnectionOptions): Line => {
  const { path, params, query, headers, timeoutMs = 10_000, parse = JSON.parse } = options
  const own = headersOf(session)
  const url = urlOf({ path }, session.target.replace(/^http/, 'ws'), {
    ...(params && { params }),
    query: { ...query, ...session.auth.query },
  })
  return startLine({
    name: `WS ${path}`,
    url,
    headers: { ...own, ...headers },
    timeoutMs,
    parse,
  })
}
