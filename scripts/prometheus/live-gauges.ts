import type { Scenario } from 'k6/options'
import type { Phase, RunPlan } from '../../lib/plan.ts'
import type { GeneratorSample } from '../generator/generator-sample.ts'
import type { Gauge } from './series-timeline.ts'
import { plannedLoad } from './planned-load.ts'

/** What is known of a run at a moment. */
export interface LiveFacts {
  nowMs: number
  plan: RunPlan
  /** As k6 runs them. */
  scenarios: Readonly<Record<string, Scenario>>
  /** Start of the load; undefined while there is none. */
  startMs: number | undefined
  generator: Partial<GeneratorSample> | undefined
  cpus: number
  memoryBytes: number
  /** Faults injected into the target. */
  faults: readonly FaultEvent[]
}

/** A fault that was injected, in milliseconds since 1970; without an end it is still there. */
export interface FaultEvent {
  fault: string
  startMs: number
  endMs?: number
}

/** What is true of the run now: its phase, its planned load, the generator. */
export function liveGauges(facts: LiveFacts): Gauge[] {
  return [...loadGauges(facts), ...faultGauges(facts), ...generatorGauges(facts)]
}

function loadGauges(facts: LiveFacts): Gauge[] {
  const { nowMs, plan, startMs } = facts
  if (startMs === undefined) return []
  const elapsedSeconds = Math.max(0, (nowMs - startMs) / 1_000)
  const gauges: Gauge[] = [
    gauge('k6_verdict_run_start_timestamp_seconds', startMs / 1_000),
    gauge('k6_verdict_run_elapsed_seconds', elapsedSeconds),
  ]
  const isPlanned = elapsedSeconds < plan.durationSeconds
  return [
    ...gauges,
    ...phaseGauges(plan.phases, startMs),
    ...(isPlanned ? [plannedGauge(facts, elapsedSeconds)] : []),
  ]
}

// All of them: the publisher pushes what has begun, and one that is shorter than its interval too.
function phaseGauges(phases: readonly Phase[], startMs: number): Gauge[] {
  return phases.map(({ name, startSeconds, endSeconds }) => ({
    ...gauge('k6_verdict_phase', 1, { phase: name }),
    fromMs: startMs + startSeconds * 1_000,
    untilMs: startMs + endSeconds * 1_000,
  }))
}

function plannedGauge({ plan, scenarios }: LiveFacts, elapsedSeconds: number): Gauge {
  const name =
    plan.model === 'open' ? 'k6_verdict_planned_iterations_per_second' : 'k6_verdict_planned_users'
  return gauge(name, plannedLoad(scenarios, elapsedSeconds))
}

function faultGauges({ faults }: LiveFacts): Gauge[] {
  return faults.map(({ fault, startMs, endMs }) => {
    const known = { fromMs: startMs, ...(endMs !== undefined && { untilMs: endMs }) }
    return { ...gauge('k6_verdict_fault', 1, { fault }), ...known }
  })
}

function generatorGauges({ generator = NO_SAMPLE, cpus, memoryBytes }: LiveFacts): Gauge[] {
  const { k6CpuCores, othersCpuCores, stealCpuCores = 0, k6MemoryBytes } = generator
  const othersCores = othersCpuCores === undefined ? undefined : othersCpuCores + stealCpuCores
  const known: [name: string, value: number | undefined][] = [
    ['k6_verdict_generator_cpu_ratio', k6CpuCores && k6CpuCores / cpus],
    ['k6_verdict_others_cpu_ratio', othersCores && othersCores / cpus],
    ['k6_verdict_generator_memory_bytes', k6MemoryBytes],
    ['k6_verdict_machine_cpus', cpus],
    ['k6_verdict_machine_memory_bytes', memoryBytes],
  ]
  return known.flatMap(([name, value]) => (value === undefined ? [] : [gauge(name, value)]))
}

const NO_SAMPLE: Partial<GeneratorSample> = {}

function gauge(name: string, value: number, labels: Record<string, string> = {}): Gauge {
  return { name, labels, value }
}
