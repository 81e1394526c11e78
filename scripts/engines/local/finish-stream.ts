import type { ExecutedRun } from './executed-run.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import type { JudgedRun } from '../../verdict/judge-run.ts'
import type { Gauge } from '../../prometheus/series-timeline.ts'
import { countPushes } from '../../prometheus/lost-pushes.ts'
import type { PrometheusPushes } from '../../verdict/verdict-file.ts'
import { resultGauges, verdictGauge } from '../../prometheus/objective-series.ts'

export interface FinishInput {
  executed: ExecutedRun
  planned: PlannedRun
  judged: JudgedRun
}

/**
 * Pushes the verdict, which stays, and counts what never arrived.
 *
 * @returns undefined for a run that does not stream
 */
export async function finishStream(input: FinishInput): Promise<PrometheusPushes | undefined> {
  const { streamed, processMs, instances } = input.executed
  if (!streamed) return undefined
  const { publisher, url, intervalSeconds } = streamed
  const logs = instances.map(({ files }) => files.log)
  const k6Seconds = (processMs.end - processMs.start) / 1_000
  const pushes = () =>
    countPushes({ url, intervalSeconds, own: publisher.count(), logs, k6Seconds })
  await publisher.last(finalGauges(input, pushes()))
  return pushes()
}

function finalGauges(
  { executed, planned, judged }: FinishInput,
  { lost }: PrometheusPushes,
): Gauge[] {
  const profile = planned.evaluated.plan.profile ?? ''
  const { startMs, processMs } = executed
  return [
    verdictGauge(judged, profile),
    gauge('k6_verdict_run_start_timestamp_seconds', (startMs ?? processMs.start) / 1_000),
    gauge('k6_verdict_run_end_timestamp_seconds', processMs.end / 1_000),
    gauge('k6_verdict_lost_pushes_total', lost),
    ...resultGauges(judged.objectives, planned.objectives),
  ]
}

function gauge(name: string, value: number): Gauge {
  return { name, labels: {}, value }
}
