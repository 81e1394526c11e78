// Pure. Segments of the load of a script of anybody's: each has seen a part of what it does.
import type { RunPlan } from '../../lib/plan.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { SegmentRun } from './read-segment-run.ts'

type Part = Pick<SegmentRun, 'manifest' | 'objectives'>

/** What all segments have planned: not how long it took where iterations are counted, nor what was called. */
export function plannedBy({ manifest: { plan } }: Part): unknown {
  return plan.script ?? plan
}

/** The SLA file of a run, without what is made of it for each endpoint that a script has called. */
export function slaBy({ manifest, objectives }: Part): CompiledObjective[] {
  if (!manifest.plan.script) return objectives
  return objectives.filter(({ threshold, objective }) => !threshold && !objective.each)
}

/** The plan of all segments together. */
export function wholePlan(runs: readonly Part[]): RunPlan | undefined {
  const plans = runs.map(({ manifest }) => manifest.plan)
  const [longest] = [...plans].sort((one, other) => other.durationSeconds - one.durationSeconds)
  if (!longest?.script) return longest
  const endpoints = [...new Set(plans.flatMap((plan) => plan.endpoints))].sort()
  return { ...longest, endpoints, optionalEndpoints: endpoints }
}

/** The objectives of all segments, each once. */
export function wholeObjectives(runs: readonly Part[]): CompiledObjective[] {
  const byId = new Map(runs.flatMap(({ objectives }) => objectives).map((each) => [each.id, each]))
  return [...byId.values()]
}

/** What is known of the script itself. */
export function wholeScript(runs: readonly Part[]): Pick<Manifest, 'script'> {
  const scripts = runs.flatMap(({ manifest }) => manifest.script ?? [])
  const [first] = scripts
  if (!first) return {}
  const reached = [...new Set(scripts.flatMap((each) => each.reached ?? []))].sort()
  return { script: { ...first, reached } }
}
