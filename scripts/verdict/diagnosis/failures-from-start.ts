import { type Diagnosis, number, percent } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/** k6 Cloud's number for its insight "high HTTP failure rate": more cannot come from the load. */
const FAILED_MAX = 0.15

/** Of fewer requests, a few failures are more than the share above by chance. */
const REQUESTS_MIN = 20

/** Requests failed before there was any load: the script, the log-in or the target is wrong. */
export function failuresFromStart({ firstRequests, endpoints }: DiagnosisFacts): Diagnosis[] {
  const { requests, failed } = firstRequests
  if (requests < REQUESTS_MIN || failed <= FAILED_MAX * requests) return []
  const all = endpoints.reduce((sum, { count }) => sum + count, 0)
  const errors = endpoints.reduce((sum, row) => sum + row.errors, 0)
  return [
    {
      id: 'failures-from-start',
      title: 'Requests fail from the start',
      text: `${number(failed)} of the first ${number(requests)} requests failed (${percent(errors / all)} of the whole run), when the load had hardly begun.`,
      advice:
        'The script, its credentials or the target is the likelier cause: fix it with the scenario smoke before you load it again.',
      severity: 'warning',
    },
  ]
}
