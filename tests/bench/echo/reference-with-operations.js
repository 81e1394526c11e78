// reference.js with one duty more that ours has: each iteration as a whole, how long it took and whether it failed.
import { Rate, Trend } from 'k6/metrics'
import iterate from './reference.js'

export { options, setup } from './reference.js'

const duration = new Trend('operation_duration', true)
const failed = new Rate('operation_failed')

export default function (data) {
  const startMs = Date.now()
  const ok = iterate(data)
  duration.add(Date.now() - startMs, { expected_response: String(ok) })
  failed.add(!ok)
}
