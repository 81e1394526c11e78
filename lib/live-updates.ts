// Watches updates that an API pushes over a WebSocket, and opens the connection anew when it breaks.
import { setTimeout } from 'k6/timers'
import { isOperationError } from './operation-failed.ts'
import type { Session } from './session.ts'
import { type Connection, type ConnectionOptions, withWebSocket } from './web-socket.ts'

/** What to watch, and the callbacks for it. A connection that says nothing for `timeoutMs` is given up. */
export interface UpdateStream<Update> extends ConnectionOptions {
  /** The watch is over after so many updates. */
  updates: number
  /** Connections in all, the first one included. @default 5 */
  connectionsMax?: number
  /** Asks for updates, where they do not come by themselves; called for each connection. */
  subscribe?: (connection: Connection) => Promise<unknown>
  onUpdate: (update: Update) => void
  /** A connection broke or fell silent, and the next one is about to be opened. */
  onReopen: (reason: string) => void
}

/** Grows with each connection, so that a thousand clients do not storm a server that restarts. */
const REOPEN_MS = 200

/**
 * Opens the stream and stays until all updates came.
 *
 * @throws OperationError of the last connection, when they ran out before; and what the callbacks throw
 */
export const watchUpdates = async <Update>(
  session: Session,
  stream: UpdateStream<Update>,
): Promise<void> => {
  const { connectionsMax = 5, subscribe, onUpdate, onReopen } = stream
  let left = stream.updates
  const watch = async (connection: Connection): Promise<void> => {
    await subscribe?.(connection)
    for (; left > 0; left--) onUpdate(await connection.receive<Update>())
  }
  for (let connection = 1; ; connection++) {
    try {
      await withWebSocket(session, stream, watch)
      return
    } catch (error) {
      if (!isOperationError(error) || connection === connectionsMax) throw error
      onReopen(error.reason)
      await wait(REOPEN_MS * connection)
    }
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
