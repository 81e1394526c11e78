import { CLOSE, SOCKET_OPEN, type StreamSocket } from '../../../dashboard/stream-socket.ts'
import type { ChannelHub } from './channel-hub.ts'

/** A socket that can also receive messages. */
export type ChannelSocketLine = StreamSocket & {
  on: (event: 'message', listener: (data: Buffer) => void) => unknown
}

/** The user and the channel of a socket. */
export interface ChannelPlace {
  hub: ChannelHub
  channel: string
  userId: number
  /** Number of open connections, this one included. */
  connections: () => number
}

const TEXT_LENGTH_MAX = 4_000
// A subscriber that lets more pile up is disconnected.
const UNREAD_BYTES_MAX = 1_000_000

/** Joins a socket to a channel: it receives all messages of the channel, and publishes what it sends. */
export function joinChannel(socket: ChannelSocketLine, place: ChannelPlace): void {
  const { hub, channel, userId, connections } = place
  const say = (message: object): void => {
    if (socket.readyState !== SOCKET_OPEN) return
    if (socket.bufferedAmount > UNREAD_BYTES_MAX) socket.close(...CLOSE.tryAgainLater)
    else socket.send(JSON.stringify(message))
  }
  const leave = hub.subscribe(channel, (message) => say({ type: 'message', ...message }))
  socket.once('close', leave)
  socket.on('message', (data) => {
    const message = readMessage(String(data))
    if (message) hub.publish(channel, { from: userId, ...message })
    else say(UNREADABLE)
  })
  say({ type: 'subscribed', channel, connections: connections() })
}

const UNREADABLE = {
  type: 'error',
  message: `Expected { id: an integer, text: at most ${TEXT_LENGTH_MAX} characters }`,
}

/** The schema of a message, over HTTP or a WebSocket. */
export const MESSAGE = {
  type: 'object',
  required: ['id', 'text'],
  properties: {
    id: { type: 'integer' },
    text: { type: 'string', maxLength: TEXT_LENGTH_MAX },
  },
}

function readMessage(data: string): { id: number; text: string } | undefined {
  try {
    const { id, text } = JSON.parse(data) as { id: unknown; text: unknown }
    const isText = typeof text === 'string' && text.length <= TEXT_LENGTH_MAX
    return Number.isSafeInteger(id) && isText ? { id: id as number, text } : undefined
  } catch {
    return undefined
  }
}
