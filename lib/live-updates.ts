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
export const watchUpdates = (stream: UpdateStream): Promise<boolean> => {
  const { url, headers, tags, updates, silenceMsMax, connectionsMax = 5 } = stream
  let received = 0
  let connections = 0

  return new Promise((resolve, reject) => {
    const open = (): void => {
      connections++
      const socket = new WebSocket(url, null, { headers, tags })
      let isOver = false
      const leave = (next: () => void): void => {
        if (isOver) return
        isOver = true
        clearTimeout(silence)
        socket.close()
        next()
      }
      const again = (reason: 'closed' | 'silent') => (): void =>
        leave(() => {
          if (connections >= connectionsMax) {
            resolve(false)
            return
          }
          stream.onReopen(reason)
          setTimeout(open, REOPEN_MS * connections)
        })
      let silence = setTimeout(again('silent'), silenceMsMax)

      socket.onmessage = (event) => {
        if (isOver) return
        clearTimeout(silence)
        silence = setTimeout(again('silent'), silenceMsMax)
        try {
          stream.onUpdate(event?.data as string)
        } catch (error) {
          leave(() => {
            reject(error instanceof Error ? error : new Error(String(error)))
          })
        }
        if (++received < updates) return
        leave(() => {
          resolve(true)
        })
      }
      // An error closes the connection, too.
      socket.onerror = again('closed')
      socket.onclose = again('closed')
    }
    open()
  })
}
