import { clock, count } from '../../core/format-measure.ts'
import { phaseAt } from '../../../lib/phases.ts'
import { OPERATION_DURATION, type RunPlan } from '../../../lib/plan.ts'
import { isFailure, isOfLoad, REQUEST_METRIC } from '../../samples/live-scanner.ts'
import type { LiveRow } from '../../samples/live-row.ts'
import { createSlidingWindow, secondOf, type SlidingWindow } from '../../samples/sliding-window.ts'
import { sparkline } from '../../core/plain-table.ts'

/** What a person wants to know of a run while it goes on. */
export interface LiveStatus {
  /** Metrics that `add` wants. */
  metrics: ReadonlySet<string>
  /** @param instance which k6 of several has recorded it: their users are added up */
  add(row: LiveRow, instance?: number): void
  /**
   * The run in one line. Requests per second are those of the last whole second, the p95 that of the
   * last ten; errors and dropped iterations count from the start. Log-ins and setup() are left out. A run that sends
   * no HTTP is told by its operations.
   *
   * @param nowUs microseconds since 1970
   * @param columns of the terminal, for bars of the requests per second; left out for a log
   */
  line(nowUs: number, columns?: number): string
}

export interface LiveStatusSettings {
  plan: RunPlan
  /** When the load began, once it is known; microseconds since 1970. */
  startUs: () => number | undefined
  /** What is wrong with the machine now, such as `other processes use 1.9 of 2 CPUs`. */
  trouble?: () => string | undefined
}

const USERS = 'vus'
const DROPPED = 'dropped_iterations'
const LATENCY_SECONDS = 10
const BARS = { min: 5, max: 20 }

/** k6 writes its samples a little later than it takes them. */
const LATENESS_US = 1_000_000

/** Collects the samples of the running test for its line. */
export function createLiveStatus({ plan, startUs, trouble }: LiveStatusSettings): LiveStatus {
  const requests = createTally('requests')
  const operations = createTally('operations')
  const mayBeWithoutHttp = !plan.script && hasOptionalEndpointsOnly(plan)
  const users = new Map<number, number>()
  let dropped = 0
  return {
    metrics: new Set([
      ...[REQUEST_METRIC, USERS, DROPPED],
      ...(mayBeWithoutHttp ? [OPERATION_DURATION] : []),
    ]),
    add(row, instance = 0) {
      if (row.metric === REQUEST_METRIC) addTo(requests, row)
      else if (row.metric === OPERATION_DURATION) addTo(operations, row)
      else if (row.metric === DROPPED) dropped += row.value
      else if (row.metric === USERS) users.set(instance, row.value)
    },
    line(nowUs, columns) {
      const counted = mayBeWithoutHttp && requests.count === 0 ? operations : requests
      const { window } = counted
      const start = startUs()
      const elapsedSeconds = start === undefined ? undefined : Math.max(0, (nowUs - start) / 1e6)
      const lastSecond = secondOf(nowUs - LATENESS_US) - 1
      const latencies = window.read(lastSecond, LATENCY_SECONDS)
      const troubled = trouble?.()
      const text = [
        `  ${clock(elapsedSeconds ?? 0)} of ${clock(plan.durationSeconds)}`,
        elapsedSeconds === undefined ? 'setup' : phaseAt(plan.phases, elapsedSeconds).name,
        count(
          [...users.values()].reduce((sum, each) => sum + each, 0),
          'user',
        ),
        `${latencies.requestsBySecond.at(-1) ?? 0} ${counted.noun}/s`,
        `p95 ${duration(latencies.percentileMs(95))}`,
        errors(counted),
        ...(dropped > 0 ? [`${dropped} dropped`] : []),
        ...(troubled === undefined ? [] : [`! ${troubled}`]),
      ].join('  ')
      const room = Math.min(BARS.max, (columns ?? 0) - text.length - 3, elapsedSeconds ?? 0)
      if (room < BARS.min) return text
      return `${text}  ${sparkline(window.read(lastSecond, Math.floor(room)).requestsBySecond)}`
    },
  }
}

/** What a line counts. */
interface Tally {
  noun: 'requests' | 'operations'
  window: SlidingWindow
  count: number
  failures: number
}

function createTally(noun: Tally['noun']): Tally {
  return { noun, window: createSlidingWindow({ seconds: BARS.max }), count: 0, failures: 0 }
}

function addTo(tally: Tally, row: LiveRow): void {
  if (!isOfLoad(row)) return
  const hasFailed = isFailure(row)
  tally.count += 1
  if (hasFailed) tally.failures += 1
  tally.window.addRequest(row.endUs, hasFailed ? undefined : row.value)
}

// Of any other run operations need not be read.
function hasOptionalEndpointsOnly({ endpoints, optionalEndpoints }: RunPlan): boolean {
  return endpoints.every((endpoint) => optionalEndpoints.includes(endpoint))
}

function duration(ms: number | undefined): string {
  if (ms === undefined) return '-'
  if (ms >= 10_000) return `${(ms / 1_000).toFixed(1)} s`
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
}

function errors({ count, failures }: Tally): string {
  if (failures === 0) return '0 errors'
  const percent = Number(((100 * failures) / count).toPrecision(2))
  return `${failures} error${failures === 1 ? '' : 's'} (${percent}%)`
}
