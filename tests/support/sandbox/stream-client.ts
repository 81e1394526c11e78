import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { TestContext } from 'node:test'
import type { Summary } from '../../../sandbox/dashboard/summary.ts'

/** What the server sends. */
export interface Update {
  sequence: number
  at: string
  interval_ms: number
  summary: Summary
}

/** The part of a client of the package ws that tests need; the package brings no types. */
interface ClientSocket extends NodeJS.EventEmitter {
  send: (text: string) => void
  pause: () => void
  terminate: () => void
}

type SocketClass = new (url: string, options: { headers: Record<string, string> }) => ClientSocket

const WebSocket = createRequire(import.meta.url)('ws') as SocketClass

/**
 * Opens a stream and keeps all that it says.
 *
 * @throws Error `Unexpected server response: 401` when the upgrade is refused
 */
export async function openStream(test: TestContext, url: string, token?: string) {
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` }
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers })
  test.after(() => socket.terminate())
  const updates: Update[] = []
  socket.on('message', (data: Buffer) => updates.push(JSON.parse(data.toString()) as Update))
  const closed = new Promise<[code: number, reason: string]>((resolve) => {
    socket.once('close', (code: number, reason: Buffer) => resolve([code, reason.toString()]))
  })
  await once(socket, 'open')
  return {
    socket,
    updates,
    /** The code and the reason of the end. */
    closed,
    /** Waits until so many updates have come. */
    received: async (count: number): Promise<Update[]> => {
      while (updates.length < count) await once(socket, 'message')
      return updates
    },
  }
}
