import { Counter, Rate, Trend } from 'k6/metrics'
import { watchUpdates } from '../../lib/live-updates.ts'
import type { Session } from '../../lib/session.ts'
import { LIVE, type Subscribed, type Update } from './live.ts'

/** Share of updates that came within the interval asked for and a tolerance. */
const onTime = new Rate('live_on_time')

/** Time between two updates. */
const updateGap = new Trend('live_update_gap', true)

/** Connections that broke and were opened anew. */
const reopened = new Counter('live_reopened')

const UPDATES = 5
const INTERVAL_MS = 400

/** What a timer and a busy machine may add without anybody noticing. */
const TOLERANCE_MS = 600

/** Follows how busy the model is for some updates, over a further connection when one breaks. */
export const follow = async (session: Session): Promise<void> => {
  let lastMs = 0
  await watchUpdates<Update>(session, {
    path: LIVE,
    updates: UPDATES,
    async subscribe({ send, receive }) {
      send({ id: 1, type: 'subscribe', interval_ms: INTERVAL_MS })
      await receive<Subscribed>(({ id, type }) => id === 1 && type === 'subscribed')
      lastMs = Date.now()
    },
    onUpdate() {
      const gapMs = Date.now() - lastMs
      updateGap.add(gapMs)
      onTime.add(gapMs <= INTERVAL_MS + TOLERANCE_MS)
      lastMs += gapMs
    },
    onReopen: (reason) => reopened.add(1, { reason }),
  })
}
