import { check } from 'k6'
import { Trend } from 'k6/metrics'
import { operationFailed } from '../../lib/operation-failed.ts'
import type { Session } from '../../lib/session.ts'
import { type Connection, withWebSocket } from '../../lib/web-socket.ts'
import type { IterationData } from '../../lib/workload.ts'
import {
  type ChannelMessage,
  isSubscribed,
  LIVE,
  messageText,
  ownChannel,
  sharedChannel,
} from './channel.ts'

/** From a message to its return over the channel. */
const messageTime = new Trend('store_message', true)
/** From a change in one tab until the other tab receives it. */
const syncTime = new Trend('store_tab_sync', true)

/** Connects, waits until it is subscribed, and leaves. */
export const subscribe = (session: Session): Promise<void> => {
  const params = { channel: sharedChannel(session.user) }
  return withWebSocket(session, { path: LIVE, params }, async ({ receive }) => {
    await receive(isSubscribed)
  })
}

const MESSAGES = 3

/** Sends some messages to a shared channel, each after the one before has come back. */
export const sendMessages = (session: Session, { index }: IterationData): Promise<void> => {
  const params = { channel: sharedChannel(session.user) }
  return withWebSocket(session, { path: LIVE, params }, async (connection) => {
    await connection.receive(isSubscribed)
    for (let nth = 0; nth < MESSAGES; nth++) {
      const id = index * MESSAGES + nth
      await measured(messageTime, () => passOn(id, { from: connection, to: connection }))
    }
  })
}

/** Two tabs of one user: a message from the first reaches the second, and the other way round. */
export const synchroniseTabs = (session: Session, { index }: IterationData): Promise<void> => {
  const where = { path: LIVE, params: { channel: ownChannel(session.user) } }
  return withWebSocket(session, where, async (first) => {
    await first.receive(isSubscribed)
    await withWebSocket(session, where, async (second) => {
      await second.receive(isSubscribed)
      await measured(syncTime, () => passOn(index * 2, { from: first, to: second }))
      await measured(syncTime, () => passOn(index * 2 + 1, { from: second, to: first }))
    })
  })
}

/** Sends a message over one connection, and waits until it arrives unchanged over the other. */
const passOn = async (id: number, { from, to }: { from: Connection; to: Connection }) => {
  const text = messageText(id)
  from.send({ id, text })
  const got = await to.receive<ChannelMessage>((message) => message.id === id)
  const isKept = got.text === text
  check(isKept, { 'message-kept': (isTrue) => isTrue })
  if (!isKept) throw operationFailed('message-wrong', `message ${id} did not come as it was sent`)
}

const measured = async (trend: Trend, run: () => Promise<unknown>): Promise<void> => {
  const startedAtMs = Date.now()
  await run()
  trend.add(Date.now() - startedAtMs)
}
