import { REDIRECT_REFUSED } from '../../lib/plan.ts'
import type { RunFacts } from '../verdict/facts/run-facts.ts'
import { type RunInPrometheus, sumOf, valuesOf } from '../indicators/from-series/run-series.ts'

/** What k6 counted over a whole run; what only samples can tell is zero. */
export function factsOf(run: RunInPrometheus, startMs: number): RunFacts {
  const total = (metric: string): number => sumOf(valuesOf(run, `k6_${metric}_total`))
  const durations = run.histograms.get('iteration_duration_seconds') ?? []
  const seconds = durations.reduce((sum, { histogram }) => sum + histogram.sum, 0)
  const finished = durations.reduce((sum, { histogram }) => sum + histogram.count, 0)
  return {
    iterations: total('iterations'),
    droppedIterations: total('dropped_iterations'),
    scriptExceptions: total('script_exceptions'),
    redirectsRefused: sumOf(
      valuesOf(run, 'k6_answers_rejected_total').filter(
        ({ labels }) => labels['reason'] === REDIRECT_REFUSED,
      ),
    ),
    authFailures: total('auth_failures'),
    iterationSeconds: finished > 0 ? seconds / finished : 0,
    usersMax: mostUsers(run),
    usersReady: sumOf(valuesOf(run, 'k6_vus_max')),
    // k6 looks at its users once a second, so its last look is up to a second before the end.
    elapsedSeconds: Math.max(0, run.lastSeconds - startMs / 1_000),
    samplesOutOfTime: 0,
    samplesNotFinite: 0,
  }
}

/** Most users of all k6 together: each has so many until its next push. */
function mostUsers({ processes }: RunInPrometheus): number {
  const changes = processes.flatMap(({ users }, process) =>
    users.map(([seconds, count]) => ({ seconds, process, count })),
  )
  changes.sort((a, b) => a.seconds - b.seconds)
  const now = processes.map(() => 0)
  let [sum, most] = [0, 0]
  for (const { process, count } of changes) {
    sum += count - (now[process] ?? 0)
    now[process] = count
    most = Math.max(most, sum)
  }
  return most
}
