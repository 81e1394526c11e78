import type { MeasureContext, Selection } from './measurement.ts'

/**
 * SQL for one row of infinite duration, `v` at `at_us`, for each iteration that could not begin because no user was
 * free: whoever would have sent its request waits still. Undefined where none was dropped.
 */
export async function droppedRowsSql(
  { condition }: Selection,
  { database, plan }: Pick<MeasureContext, 'database' | 'plan'>,
): Promise<string | undefined> {
  if (plan.model !== 'open') return undefined
  const from = `FROM samples WHERE metric = 'dropped_iterations' AND ${condition}`
  const [row] = await database.rows<{ dropped: number | null }>(
    `SELECT sum(value) AS dropped ${from}`,
  )
  if (!row?.dropped) return undefined
  return `SELECT 'Infinity'::DOUBLE AS v, at_us
FROM (SELECT at_us, unnest(range(CAST(value AS BIGINT))) ${from})`
}
