// Watches updates that an API pushes over a WebSocket, and opens the connection anew when it breaks.
import { clearTimeout, setTimeout } from 'k6/timers'
import { WebSocket } from 'k6/websockets'

/** What to watch, and the callbacks for it. */
export interface UpdateStream {
  url: string
  headers: Record<string, string>
  /** `name` must be the endpoint, never a raw URL. */
  tags: Record<string, string>
  /** The watch is over after so many updates. */
  updates: number
  /** A connection that says nothing for so long is given up. */
  silenceMsMax: number
  /** Connections in all, the first one included. @default 5 */
  connectionsMax?: number
  onUpdate: (text: string) => void
  /** A connection broke or fell silent, and the next one is about to be opened. */
  onReopen: (reason: 'closed' | 'silent') => void
}

/** Grows with each connection, so that a thousand clients do not storm a server that restarts. */
const REOPEN_MS = 200

/**
 * Opens the stream and stays until all updates came. The promise is false when the connections ran
 * out before, and rejects only with what `onUpdate` throws.
 */
export const watchUpdates = async (stream: UpdateStream): Promise<boolean> => {
  const { connectionsMax = 5 } = stream
  const left = { updates: stream.updates }
  for (let connection = 1; ; connection++) {
    const end = await watchConnection(stream, left)
    if (end === 'complete') return true
    if (connection === connectionsMax) return false
    stream.onReopen(end)
    await wait(REOPEN_MS * connection)
  }
}

type End = 'complete' | 'closed' | 'silent'

// One connection, until all updates came, it closed, or it fell silent.
const watchConnection = (stream: UpdateStream, left: { updates: number }): Promise<End> => {
  const { url, headers, tags, silenceMsMax } = stream
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, null, { headers, tags })
    let silence = 0
    let isOver = false
    const leave = (settle: () => void): void => {
      if (isOver) return
      isOver = true
      clearTimeout(silence)
      socket.close()
      settle()
    }
    const awaitNext = (): void => {
      clearTimeout(silence)
      silence = setTimeout(() => leave(() => resolve('silent')), silenceMsMax)
    }
    awaitNext()
    socket.onmessage = (event) => {
      if (isOver) return
      awaitNext()
      try {
        stream.onUpdate(event?.data as string)
      } catch (error) {
        leave(() => reject(asError(error)))
      }
      if (--left.updates <= 0) leave(() => resolve('complete'))
    }
    // An error closes the connection, too.
    socket.onerror = socket.onclose = () => leave(() => resolve('closed'))
  })
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error))

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
