import { INSTANCE_COLUMN } from '../../samples/sample-table.ts'
import { identifier } from '../../samples/sample-database.ts'

/** Gauges that each k6 records for itself, once a second. */
export const USER_GAUGES: readonly string[] = ['vus', 'vus_max']

/** An instance that records on time has a value in this second or in the one before. */
const SECONDS_BACK = 1

/**
 * SQL for the users of all instances together: `metric`, `at_us` and `value`, a row for each second. Each
 * instance has looked at a moment of its own, so its last value counts; one that has stopped recording
 * has no users.
 *
 * @param file as SQL
 */
export function userCountsSql(file: string): string {
  const instance = identifier(INSTANCE_COLUMN)
  const gauges = USER_GAUGES.map((name) => `'${name}'`).join(', ')
  return `SELECT metric, at_us, sum(value) AS value FROM (
    WITH looks AS (SELECT metric, ${instance} AS name, end_us // 1000000 AS second, max(end_us) AS at_us, max(value) AS value
      FROM ${file} WHERE metric IN (${gauges}) AND isfinite(value) GROUP BY ALL),
    moments AS (SELECT metric, second, max(at_us) AS at_us FROM looks GROUP BY ALL),
    wanted AS (SELECT moments.*, names.name FROM moments CROSS JOIN (SELECT DISTINCT name FROM looks) AS names)
    SELECT wanted.metric, wanted.at_us, looks.value FROM wanted ASOF JOIN looks
      ON wanted.metric = looks.metric AND wanted.name = looks.name AND wanted.second >= looks.second
      WHERE wanted.second - looks.second <= ${SECONDS_BACK}) GROUP BY ALL`
}
