import type { Diagnosis } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'
import { number } from './diagnosis-text.ts'
import { type LoadLevel, loadLevels } from './load-levels.ts'

/** Of the load that was added: with less of it answered, requests per second have stopped rising. */
const GAIN_MAX = 0.2

/** Loads must lie this far apart: a nearer one cannot be told from noise. */
const LOAD_RATIO_MIN = 1.3

/** A queue forms: the latency that half of the requests stay under has grown by half. */
const LATENCY_RATIO_MIN = 1.5

/** From fewer requests, chance alone moves their number by more than a tenth. */
const REQUESTS_MIN = 100

/**
 * The target answers no more requests per second however many users or iterations are added, and each
 * one takes longer: the knee of a closed queue. As k6 Cloud's insight "throughput limit".
 */
export function throughputLimit({ plan, timeline, series }: DiagnosisFacts): Diagnosis[] {
  if (plan.model === 'once') return []
  const levels = loadLevels(series.timeline, timeline).filter(
    ({ requests }) => requests >= REQUESTS_MIN,
  )
  const top = levels.at(-1)
  const flat = top ? levels.filter((level) => isFlat(level, top)) : []
  // Where it is flattest: the knee, and no level below it.
  const knee = flat.sort((one, other) => other.perSecond - one.perSecond)[0]
  if (!top || !knee) return []
  const unit = plan.model === 'open' ? 'iterations/s' : 'users'
  const load = `from ${number(knee.load)} to ${number(top.load)} ${unit}`
  const rate = `from ${number(knee.perSecond)} to ${number(top.perSecond)} requests/s`
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

function isFlat(level: LoadLevel, top: LoadLevel): boolean {
  const loadRatio = top.load / level.load
  const gain = (top.perSecond / level.perSecond - 1) / (loadRatio - 1)
  const slower = top.p50Ms / level.p50Ms
  return loadRatio >= LOAD_RATIO_MIN && gain < GAIN_MAX && slower >= LATENCY_RATIO_MIN
}
