import type { RunPlan } from '../../../lib/plan.ts'
import { readK6Log } from '../../k6/k6-log.ts'
import { progress } from '../../core/console.ts'
import { createLiveStatus } from './live-status.ts'
import { followSamples } from '../../samples/live-tail.ts'
import type { CompiledObjective } from '../../sla/compiled.ts'
import type { LiveRow } from '../../samples/live-row.ts'
import type { StopReason } from '../../stop/stop-rule.ts'
import { createStopRules } from '../../stop/stop-rules.ts'
import { createStepStop } from '../../stop/stop-steps.ts'
import { generatorTrouble } from '../../verdict/generator/generator-seconds.ts'
import { usableCpus } from '../../generator/machine-look.ts'
import type { GeneratorSample } from '../../generator/generator-sample.ts'
import { watchGenerators } from '../../generator/generator-samples.ts'

/** A k6 that is watched. */
export interface WatchedProcess {
  /** Where it writes its samples and its log. */
  recorded: string
  log: string
  /** Port of its API on 127.0.0.1. */
  port: number
  k6Pid: () => number | undefined
}

export interface WatchInput {
  plan: RunPlan
  objectives: readonly CompiledObjective[]
  /** Each k6 of the run. */
  processes: readonly WatchedProcess[]
  ownPids: () => readonly number[]
  /** Called once, when an objective has been missed for too long. */
  onStop: (reason: StopReason) => void
  /** What is shown instead of how the load goes, while something is waited for. */
  waiting?: () => string | undefined
  /** Somebody else who wants rows of the recording. */
  listener?: { metrics: ReadonlySet<string>; add: (row: LiveRow) => void } | undefined
}

export interface WatchedRun {
  /** Of all k6 together. */
  generator: GeneratorSample[]
  /** Of each, where there were several. */
  generators?: GeneratorSample[][]
  stoppedBy?: StopReason
}

export interface Watch {
  /** Start of the load in milliseconds since 1970, once k6 has said it. */
  startMs: () => number | undefined
  /** How k6 and its machine are now. */
  generator: () => GeneratorSample | undefined
  /** Ends the watch, once k6 has ended. */
  stop: () => Promise<WatchedRun>
}

/** Looks at every running k6 once a second: shows how it goes, and says when an objective ends it. */
export function watchRun(input: WatchInput): Watch {
  const { plan, objectives, processes, ownPids, onStop, waiting, listener } = input
  const announced = startOfLoad(processes.map(({ log }) => log))
  let firstUs: number | undefined
  // A script of the user's own does not say when its load begins.
  const startUs = plan.script ? () => firstUs : announced
  const generators = watchGenerators({ processes, ownPids })
  const cpus = usableCpus()
  const trouble = (): string | undefined => generatorTrouble(generators.latest(), cpus)
  const status = createLiveStatus({ plan, startUs, trouble })
  const { phases } = plan
  const gates = objectives.filter(({ isGate }) => isGate)
  const rules = [
    createStopRules({ objectives, phases, startUs }),
    ...(plan.judges === 'steps' ? [createStepStop({ gates, phases, startUs })] : []),
  ]
  const listeners = [status, ...rules, ...(listener ? [listener] : [])]
  const metrics = new Set(listeners.flatMap((each) => [...each.metrics]))
  const followers = processes.map(({ recorded }, index) => {
    const onRow = (row: LiveRow): void => {
      firstUs ??= row.endUs
      for (const each of listeners) if (each.metrics.has(row.metric)) each.add(row, index)
    }
    return followSamples({ path: recorded, metrics, onRow })
  })
  let stoppedBy: StopReason | undefined
  const timer = setInterval(() => {
    const wait = waiting?.()
    const line = status.line(Date.now() * 1_000, process.stdout.columns)
    progress(wait === undefined ? line : `  ${wait}`)
    if (stoppedBy) return
    stoppedBy = rules.map((each) => each.fired()).find((reason) => reason !== undefined)
    if (stoppedBy) onStop(stoppedBy)
  }, 1_000)
  return {
    startMs: () => {
      const us = startUs()
      return us === undefined ? undefined : us / 1_000
    },
    generator: generators.latest,
    stop: async () => {
      clearInterval(timer)
      const { together, each } = generators.stop()
      await Promise.all(followers.map((follower) => follower.stop()))
      return {
        generator: together,
        ...(each.length > 1 && { generators: each }),
        ...(stoppedBy && { stoppedBy }),
      }
    },
  }
}

/** The start of the load, which only k6 knows; looked up in the logs until it is in one. */
function startOfLoad(logs: readonly string[]): () => number | undefined {
  let us: number | undefined
  let lookedAtMs = -Infinity
  return () => {
    const now = performance.now()
    if (us !== undefined || now - lookedAtMs < 200) return us
    lookedAtMs = now
    const startedAtMs = logs.flatMap((log) => readK6Log(log).startedAtMs)
    if (startedAtMs.length > 0) us = Math.min(...startedAtMs) * 1_000
    return us
  }
}
