import { isClosedLoop, UNJUDGED_PHASES } from '../../../lib/plan.ts'
import { literal } from '../../samples/sample-database.ts'
import type { MeasureContext } from '../../indicators/from-samples/measurement.ts'

/** Users who spend less of their time pausing come back when they are answered, at no pace of their own. */
const PAUSING_MIN = 0.5

/**
 * How often a user of a closed loop comes back: the median duration of an iteration, its pauses
 * included, in the judged phases. Undefined in the open model, and where users hardly pause: then their pace is
 * that of the target, and nothing tells when they would have sent a request.
 */
export async function userPeriodMs({
  database,
  plan,
}: Pick<MeasureContext, 'database' | 'plan'>): Promise<number | undefined> {
  if (!isClosedLoop(plan)) return undefined
  const judged = `phase NOT IN (${UNJUDGED_PHASES.map(literal).join(', ')})`
  const [iterations] = await database.rows<{ count: number; periodMs: number | null }>(
    `SELECT count(*) AS count, median(value) AS "periodMs" FROM samples
WHERE metric = 'iteration_duration' AND ${judged}`,
  )
  const [requests] = await database.rows<{ count: number; medianMs: number | null }>(
    `SELECT count(*) AS count, median(duration_ms) AS "medianMs" FROM traffic WHERE ${judged}`,
  )
  const { count = 0, periodMs = null } = iterations ?? {}
  if (!periodMs || !requests) return undefined
  const waitingMs = ((requests.medianMs ?? 0) * requests.count) / count
  return 1 - waitingMs / periodMs >= PAUSING_MIN ? periodMs : undefined
}
