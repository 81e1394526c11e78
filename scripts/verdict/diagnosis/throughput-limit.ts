import { type Diagnosis, number } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'
import { kneeOf, loadLevels } from './load-levels.ts'

/**
 * The target answers no more requests per second however many users or iterations are added, and each
 * one takes longer: the knee of a closed queue. As k6 Cloud's insight "throughput limit".
 */
export function throughputLimit({ plan, timeline, series, traffic }: DiagnosisFacts): Diagnosis[] {
  if (plan.model === 'once') return []
  const found = kneeOf(loadLevels(series.timeline, timeline))
  if (!found) return []
  const { knee, top } = found
  const unit = plan.model === 'open' ? 'iterations/s' : 'users'
  const load = `from ${number(knee.load)} to ${number(top.load)} ${unit}`
  const rate = `from ${number(knee.perSecond)} to ${number(top.perSecond)} ${traffic}/s`
  const latency = `the median latency from ${number(knee.p50Ms)} to ${number(top.p50Ms)} ms`
  return [
    {
      id: 'throughput-limit',
      title: 'The target is at its limit',
      text: `While the load rose ${load}, the throughput went only ${rate}, and ${latency}.`,
      advice:
        'Look for what is full there (CPU, a pool of connections, a lock), and find the limit with the scenario breakpoint.',
      severity: 'warning',
    },
  ]
}
