// One WebSocket of k6 and what has come over it; lib/web-socket.ts is how workloads use it.
import { clearTimeout, setTimeout } from 'k6/timers'
import { WebSocket } from 'k6/websockets'
import { type OperationError, operationFailed } from './operation-failed.ts'

/** What a connection needs. */
export interface LineSettings {
  name: string
  url: string
  headers: Record<string, string>
  /** How long to wait for the server, each time. */
  timeoutMs: number
  /** How a text or an ArrayBuffer becomes a message. */
  parse: (data: never) => unknown
}

export interface Line extends LineSettings {
  socket: WebSocket
  /** Messages that nobody has taken yet. */
  inbox: unknown[]
  /** What k6 has said last of what went wrong. */
  error: string
  /** Called with whatever happens. */
  wake: () => void
}

// `readyState`, as the standard counts.
const CONNECTING = 0
const OPEN = 1
const CLOSED = 3

/** Begins to connect. */
export const startLine = (settings: LineSettings): Line => {
  const { name, url, headers } = settings
  const socket = new WebSocket(url, null, { headers, tags: { name } })
  socket.binaryType = 'arraybuffer'
  const line: Line = { ...settings, socket, inbox: [], error: '', wake: () => undefined }
  socket.onopen = socket.onclose = () => line.wake()
  socket.onerror = (event) => {
    line.error = event?.error ?? ''
  }
  socket.onmessage = (event) => {
    line.inbox.push(event?.data)
    line.wake()
  }
  return line
}

/** Waits for the handshake. @throws OperationError `ws-refused` or `ws-slow-handshake` */
export const awaitOpen = async (line: Line): Promise<void> => {
  const { socket, timeoutMs } = line
  if (!(await waitWhile(line, () => socket.readyState === CONNECTING, timeoutMs))) {
    // Closed before it is open, a socket would hang k6 for ever. k6 itself gives a handshake up after 60 s.
    socket.onopen = () => socket.close()
    throw failed(line, 'ws-slow-handshake', `was not open after ${timeoutMs} ms`)
  }
  if (!isOpen(line)) throw failed(line, 'ws-refused', 'was refused')
}

/** Sends a text as it is, and anything else as JSON. @throws OperationError `ws-closed` */
export const sendOver = (line: Line, message: unknown): void => {
  if (!isOpen(line)) throw failed(line, 'ws-closed', 'was closed by the server')
  line.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
}

/**
 * The next message that is wanted; what comes before it is skipped.
 *
 * @throws OperationError `ws-closed`, `ws-silent` or `ws-unreadable`
 */
export const receiveOver = async <Message>(
  line: Line,
  isWanted: (message: Message) => boolean,
): Promise<Message> => {
  const { inbox, timeoutMs } = line
  const endMs = Date.now() + timeoutMs
  for (;;) {
    const isQuiet = (): boolean => inbox.length === 0 && isOpen(line)
    if (!(await waitWhile(line, isQuiet, endMs - Date.now())))
      throw failed(line, 'ws-silent', `said nothing that was waited for in ${timeoutMs} ms`)
    if (inbox.length === 0) throw failed(line, 'ws-closed', 'was closed by the server')
    const message = read(line, inbox.shift()) as Message
    if (isWanted(message)) return message
  }
}

/** Closes, and waits for the server's goodbye. @throws OperationError `ws-unclosed` */
export const closeLine = async (line: Line): Promise<void> => {
  const { socket, timeoutMs } = line
  socket.close()
  if (await waitWhile(line, () => socket.readyState !== CLOSED, timeoutMs)) return
  throw failed(line, 'ws-unclosed', `was not closed by the server within ${timeoutMs} ms`)
}

const isOpen = ({ socket }: Line): boolean => socket.readyState === OPEN

const read = (line: Line, data: unknown): unknown => {
  try {
    return line.parse(data as never)
  } catch {
    throw failed(line, 'ws-unreadable', 'sent a message that could not be read')
  }
}

const failed = ({ name, error }: Line, reason: string, what: string): OperationError => {
  return operationFailed(reason, `${name} ${what}${error && `: ${error}`}`)
}

// Whether it has come to an end in time.
const waitWhile = async (line: Line, isSo: () => boolean, timeoutMs: number): Promise<boolean> => {
  const endMs = Date.now() + timeoutMs
  while (isSo()) {
    const leftMs = endMs - Date.now()
    if (leftMs <= 0) return false
    await somethingHappens(line, leftMs)
  }
  return true
}

const somethingHappens = (line: Line, timeoutMs: number): Promise<void> => {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs)
    line.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
