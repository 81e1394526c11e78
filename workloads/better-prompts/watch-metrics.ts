import { Counter, Rate, Trend } from 'k6/metrics'
import { logFirstErrors } from '../../lib/first-errors.ts'
import { watchUpdates } from '../../lib/live-updates.ts'
import { failOperation } from '../../lib/operation.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { type Filter, getSummary, someFilter, type Summary } from './metrics-summary.ts'

/** Share of updates that came within the promised interval and a tolerance. */
const onTime = new Rate('stream_on_time')

/** Share of updates whose numbers are those that the API gives for the same prompts when asked. */
const agrees = new Rate('stream_agrees')

/** Time between two updates. */
const updateGap = new Trend('stream_update_gap', true)

/** Connections that broke and were opened anew. */
const reopened = new Counter('stream_reopened')

const PATH = '/v1/metrics/stream'

/** The first comes at once, so this is a look of about ten seconds. */
const UPDATES = 3

/** What a timer and a busy machine may add to five seconds without anybody noticing. */
const TOLERANCE_MS = 1_000

/** Three of the promised intervals. */
const SILENCE_MS_MAX = 15_000

interface Update {
  interval_ms: number
  summary: Summary
}

/** Keeps a dashboard open for some updates and checks that they are on time and true. */
export const watchMetrics = async (session: Session, { random }: IterationData): Promise<void> => {
  const filter = someFilter(random)
  let lastMs: number | undefined
  const onUpdate = (update: Update | undefined): void => {
    const nowMs = Date.now()
    if (!update) {
      agrees.add(false)
      failOperation('stream-update')
      logFirstErrors(`WS ${PATH}: an update is not what was promised`)
      return
    }
    if (lastMs !== undefined) {
      updateGap.add(nowMs - lastMs)
      onTime.add(nowMs - lastMs <= update.interval_ms + TOLERANCE_MS)
    }
    lastMs = nowMs
    agrees.add(isTrue(session, update.summary, filter))
  }
  const onReopen = (reason: string): void => {
    reopened.add(1, { reason })
    if (reason === 'ws-silent') onTime.add(false)
  }
  const stream = { path: PATH, query: filter, updates: UPDATES, timeoutMs: SILENCE_MS_MAX }
  try {
    await watchUpdates(session, { ...stream, parse: readUpdate, onUpdate, onReopen })
  } catch (error) {
    onTime.add(false)
    throw error
  }
}

// A message that is truncated or no update is a counted failure, never an exception.
const readUpdate = (text: string): Update | undefined => {
  try {
    const update = JSON.parse(text) as Partial<Update>
    const { interval_ms, summary } = update
    return typeof interval_ms === 'number' && summary ? { interval_ms, summary } : undefined
  } catch {
    return undefined
  }
}

// Asked for the same prompts, the API must give the same numbers.
const isTrue = (session: Session, seen: Summary, filter: Filter): boolean => {
  const { from, to, up_to_id } = seen
  const { response } = getSummary(session, { ...filter, from, to, up_to_id })
  return (
    response !== undefined && JSON.stringify(JSON.parse(response.body)) === JSON.stringify(seen)
  )
}
