import type { RunPlan } from '../../lib/plan.ts'
import { readK6Log } from '../k6/k6-log.ts'
import { progress } from '../report/console.ts'
import { createLiveStatus } from '../report/live-status.ts'
import { followSamples } from '../samples/live-tail.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { StopReason } from '../verdict/stop-rule.ts'
import { createStopRules } from '../verdict/stop-rules.ts'
import { createStepStop } from '../verdict/stop-steps.ts'
import type { GeneratorSample } from './generator-sample.ts'
import { watchGenerator } from './generator-samples.ts'

export interface WatchInput {
  plan: RunPlan
  objectives: readonly CompiledObjective[]
  /** Where k6 writes its samples and its log. */
  samples: string
  log: string
  /** Port of k6's API on 127.0.0.1. */
  port: number
  k6Pid: () => number | undefined
  ownPids: () => readonly number[]
  /** Called once, when an objective has been missed for too long. */
  onStop: (reason: StopReason) => void
}

export interface WatchedRun {
  generator: GeneratorSample[]
  stoppedBy?: StopReason
}

export interface Watch {
  /** Ends the watch, once k6 has ended. */
  stop: () => Promise<WatchedRun>
}

/** Looks at a running k6 once a second: shows how it goes, and says when an objective ends it. */
export function watchRun(input: WatchInput): Watch {
  const { plan, objectives, samples, port, ownPids, k6Pid, onStop } = input
  const startUs = startOfLoad(input.log)
  const status = createLiveStatus({ plan, startUs })
  const { phases } = plan
  const gates = objectives.filter(({ isGate }) => isGate)
  const rules = [
    createStopRules({ objectives, phases, startUs }),
    ...(plan.judges === 'steps' ? [createStepStop({ gates, phases, startUs })] : []),
  ]
  const follower = followSamples({
    path: samples,
    metrics: new Set([status, ...rules].flatMap(({ metrics }) => [...metrics])),
    onRow: (row) => {
      if (status.metrics.has(row.metric)) status.add(row)
      for (const each of rules) if (each.metrics.has(row.metric)) each.add(row)
    },
  })
  const generator = watchGenerator({ port, ownPids, k6Pid })
  let stoppedBy: StopReason | undefined
  const timer = setInterval(() => {
    progress(status.line(Date.now() * 1_000, process.stdout.columns))
    if (stoppedBy) return
    stoppedBy = rules.map((each) => each.fired()).find((reason) => reason !== undefined)
    if (stoppedBy) onStop(stoppedBy)
  }, 1_000)
  return {
    stop: async () => {
      clearInterval(timer)
      const samples = generator.stop()
      await follower.stop()
      return { generator: samples, ...(stoppedBy && { stoppedBy }) }
    },
  }
}

/** The start of the load, which only k6 knows; looked up in its log until it is there. */
function startOfLoad(log: string): () => number | undefined {
  let us: number | undefined
  let lookedAtMs = -Infinity
  return () => {
    const now = performance.now()
    if (us !== undefined || now - lookedAtMs < 200) return us
    lookedAtMs = now
    const { startedAtMs } = readK6Log(log)
    if (startedAtMs.length > 0) us = Math.min(...startedAtMs) * 1_000
    return us
  }
}
