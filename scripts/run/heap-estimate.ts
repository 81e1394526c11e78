import { usersMax } from '../distributed/segments.ts'
import { plannedRequests } from './disk-space.ts'
import type { EvaluatedScenario } from './evaluate.ts'

/** k6 without users, and each user of it; measured as `HeapAlloc` after a collection, 50 and 1000 users. */
const BASE_BYTES = 10e6
const BYTES_PER_USER = 200_000

/** k6's summary keeps nine times of each request; planned requests are few where nobody thinks. */
const BYTES_PER_REQUEST = 9 * 8 * 5

/** What one of the k6 of a run keeps alive in its memory at the end; rather too much than too little. */
export function liveHeapBytes(
  { plan, scenarios }: Pick<EvaluatedScenario, 'plan' | 'scenarios'>,
  instances = 1,
): number {
  const users = Object.values(scenarios).reduce((sum, scenario) => sum + usersMax(scenario), 0)
  const shared = users * BYTES_PER_USER + plannedRequests(plan) * BYTES_PER_REQUEST
  return BASE_BYTES + shared / instances
}
