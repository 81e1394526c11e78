// A run that streams to Prometheus: k6's settings for it, and what the toolkit adds.
import { dirname } from 'node:path'
import type { GeneratorSample } from '../generator/generator-sample.ts'
import { usableCpus } from '../generator/machine-look.ts'
import { judgedSpan } from '../indicators/judged-span.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import type { PlannedRun } from '../plan/plan-run.ts'
import { usableMemoryBytes } from '../k6/environment.ts'
import { baselineGauges } from './baseline-gauges.ts'
import { outputTwice } from './errors.ts'
import type { Gauge } from './series-timeline.ts'
import { type K6Stream, k6Output, OUTPUT, pushIntervalSeconds } from './k6-output.ts'
import { type FaultEvent, liveGauges } from './live-gauges.ts'
import { limitGauges } from './objective-series.ts'
import { createOutcomeCounters, type OutcomeCounters } from './outcome-counters.ts'
import { type Publisher, startPublisher } from './publisher.ts'
import { authorizationVariable, receiverOf } from './receiver.ts'
import type { Receiver } from './remote-write.ts'
import { requireReceiver } from './require-receiver.ts'

/** An open stream: its receiver takes what is written. */
export interface PrometheusStream {
  receiver: Receiver
  intervalSeconds: number
  k6: K6Stream
}

export interface StreamOptions {
  /** Value of `--prometheus`; `true` without one. */
  url: string | true
  /** Trends as native histograms; else `--prometheus-trend-stats`. */
  native: boolean
  /** k6's further outputs. */
  outputs: readonly string[]
  testid: string
  plannedSeconds: number
  env: NodeJS.ProcessEnv
}

/**
 * Asks the receiver before there is any load.
 *
 * @throws ToolkitError when the URL is wrong, or the receiver does not take what the run writes
 */
export async function openStream(options: StreamOptions): Promise<PrometheusStream> {
  const { url, native, outputs, testid, plannedSeconds, env } = options
  if (outputs.some((output) => output.startsWith(OUTPUT))) throw outputTwice(OUTPUT)
  const receiver = receiverOf(url, env)
  await requireReceiver(receiver, { testid, native })
  const intervalSeconds = pushIntervalSeconds(plannedSeconds)
  const k6 = k6Output({ url: receiver.url, intervalSeconds, native })
  return {
    receiver,
    intervalSeconds,
    k6: { ...k6, env: { ...k6.env, ...authorizationVariable(receiver) } },
  }
}

/** What the live series are made of; asked at each push. */
export interface LiveSources {
  /** Start of the load, in milliseconds since 1970. */
  startMs: () => number | undefined
  generator: () => GeneratorSample | undefined
  faults?: () => readonly FaultEvent[]
}

/** The toolkit's own part of a stream. */
export interface RunPublisher {
  /** Gets the rows of the recording. */
  outcomes: Pick<OutcomeCounters, 'metrics' | 'add'>
  begin(sources: LiveSources): void
  /** Ends the live series, once k6 has ended. */
  end(): Promise<void>
  last: Publisher['last']
  count: Publisher['count']
}

export interface PublishInput {
  stream: PrometheusStream
  manifest: Manifest
  planned: PlannedRun
  /** The run's folder, beside those of earlier runs. */
  folder: string
}

/** Prepares the series of a run; nothing is pushed before `begin`. */
export function publishRun({ stream, manifest, planned, folder }: PublishInput): RunPublisher {
  const { evaluated, objectives } = planned
  const { plan, scenarios, metrics } = evaluated
  const { id, scenario } = manifest
  const rates = Object.keys(metrics).filter((name) => metrics[name]?.type === 'rate')
  const outcomes = createOutcomeCounters(['checks', ...rates])
  const judged = judgedSpan(undefined, plan.phases)?.seconds ?? plan.durationSeconds
  const fixed = [
    infoGauge(manifest),
    { name: 'k6_verdict_run_planned_seconds', labels: {}, value: judged },
    ...limitGauges(objectives),
  ]
  const isSandbox = manifest.target.sandbox
  const earlier = { id, scenario, plan, isSandbox, results: dirname(folder) }
  // Without an earlier run that can be read there is no baseline.
  void baselineGauges(earlier).then(
    (gauges) => fixed.push(...gauges),
    () => undefined,
  )
  const machine = { cpus: usableCpus(), memoryBytes: usableMemoryBytes() }
  let publisher: Publisher | undefined
  return {
    outcomes,
    begin({ startMs, generator, faults = noFaults }) {
      const now = (nowMs: number): Gauge[] => {
        const moment = { nowMs, startMs: startMs(), generator: generator(), faults: faults() }
        const live = liveGauges({ plan, scenarios, ...machine, ...moment })
        return [...fixed, ...live, ...outcomes.gauges()]
      }
      const { receiver, intervalSeconds } = stream
      const labels = {
        testid: id,
        workload: plan.workload,
        run_scenario: scenario,
        // Each machine of a divided load knows its own part only.
        ...(manifest.segment && { machine: String(manifest.segment.part) }),
      }
      const intervalMs = intervalSeconds * 1_000
      publisher = startPublisher({ receiver, labels, intervalMs, gauges: now })
    },
    end: async () => publisher?.end(),
    last: async (gauges) => publisher?.last(gauges),
    count: () => publisher?.count() ?? { due: 0, lost: 0 },
  }
}

const noFaults = (): readonly FaultEvent[] => []

function infoGauge({ plan, versions, git, target }: Manifest): Gauge {
  const labels = {
    profile: plan.profile ?? '',
    version: versions.toolkit,
    commit: git?.commit ?? '',
    model: plan.model,
    target: target.sandbox ? 'sandbox' : (target.base ?? Object.values(target.byRegion).join(', ')),
  }
  return { name: 'k6_verdict_run_info', labels, value: 1 }
}
