import { type Diagnosis, number, percent } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'
import type { EndpointTime } from './read-requests.ts'

/** Of all failures or of all time: what is left is hardly worth a look. */
const SHARE_MIN = 0.8

/** As often as the endpoint's share of the requests: one that gets most requests has most of all else. */
const EXCESS_MIN = 2

/** Of fewer failures, chance may put them all in one place. */
const FAILED_MIN = 20

const REQUESTS_MIN = 100

/** One endpoint has nearly all failures, or takes nearly all time, though few requests go there. */
export function dominantEndpoint({ endpointTimes }: DiagnosisFacts): Diagnosis[] {
  const requests = sumOf(endpointTimes, (row) => row.requests)
  const failed = sumOf(endpointTimes, (row) => row.failed)
  const failing = requests > 0 ? dominant(endpointTimes, (row) => row.failed) : undefined
  const slow = requests >= REQUESTS_MIN ? dominant(endpointTimes, (row) => row.totalMs) : undefined
  const found: Diagnosis[] = []
  if (failing && failed >= FAILED_MIN) {
    const share = `has ${number(failing.row.failed)} of the ${number(failed)} failures`
    found.push({
      id: 'endpoint-failures',
      title: 'One endpoint has nearly all failures',
      text: `${failing.row.endpoint} ${share}, and ${percent(failing.ofRequests)} of the requests.`,
      advice: 'Look there first: the other endpoints are sound.',
      severity: 'warning',
    })
  }
  if (slow) {
    found.push({
      id: 'endpoint-time',
      title: 'One endpoint takes nearly all time',
      text: `${slow.row.endpoint} has ${percent(slow.share)} of the time of all requests, and ${percent(slow.ofRequests)} of the requests.`,
      advice: 'What is gained there is gained for the whole run: profile it first.',
      severity: 'info',
    })
  }
  return found
}

type Amount = (row: EndpointTime) => number

function dominant(rows: readonly EndpointTime[], amount: Amount) {
  const all = sumOf(rows, amount)
  const requests = sumOf(rows, (row) => row.requests)
  for (const row of rows) {
    const share = amount(row) / all
    const ofRequests = row.requests / requests
    if (share >= SHARE_MIN && share >= EXCESS_MIN * ofRequests) return { row, share, ofRequests }
  }
  return undefined
}

function sumOf(rows: readonly EndpointTime[], amount: Amount): number {
  return rows.reduce((sum, row) => sum + amount(row), 0)
}
