import { Trend } from 'k6/metrics'
import { setTimeout } from 'k6/timers'
import { runSettings } from '../../lib/run-settings.ts'
import type { Session } from '../../lib/session.ts'
import { withWebSocket } from '../../lib/web-socket.ts'
import type { IterationData } from '../../lib/workload.ts'
import {
  type ChannelMessage,
  isSubscribed,
  LIVE,
  messageText,
  ownChannel,
  type Subscribed,
} from './channel.ts'

/** Number of WebSockets open on the server, this one included, whenever one is opened. */
const connections = new Trend('store_connections')

const BEATS = 10
const BEAT_MS = 2_000 * runSettings().timeScale

/** How long a connection lasts. */
export const CONNECTED_SECONDS = (BEATS * BEAT_MS) / 1_000

/** Stays connected for 20 s (less at a smaller time scale); every two seconds it sends a message and waits for its return. */
export const stayConnected = (session: Session, { index }: IterationData): Promise<void> => {
  const where = { path: LIVE, params: { channel: ownChannel(session.user) } }
  return withWebSocket(session, where, async ({ receive, send }) => {
    const subscribed = await receive<Subscribed>(isSubscribed)
    connections.add(subscribed.connections)
    for (let beat = 0; beat < BEATS; beat++) {
      await wait(BEAT_MS)
      const id = index * BEATS + beat
      send({ id, text: messageText(id) })
      await receive<ChannelMessage>((message) => message.id === id)
    }
  })
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
