import type { RunPlan } from '../../lib/plan.ts'
import type { GeneratorSample } from '../generator/generator-sample.ts'
import { judgedPhases } from '../indicators/judged-span.ts'
import { type GeneratorHealth, judgeGenerator } from '../verdict/generator/generator-health.ts'
import { spansOf, timelineOf } from '../indicators/timeline.ts'
import { type RunInPrometheus, valuesOf } from '../indicators/from-series/run-series.ts'

export interface GeneratorPlace {
  startMs: number
  plan: RunPlan
  /** CPUs of the machine, where run.json says them. */
  cpus: number | undefined
}

/**
 * How the generator fared, by what the toolkit published of it; undefined where it published nothing, as
 * for runners on Kubernetes. The toolkit's own CPU time is not published, so it counts as idle.
 */
export function generatorOf(
  run: RunInPrometheus,
  { startMs, plan, cpus: known }: GeneratorPlace,
): GeneratorHealth | undefined {
  const cpus = valuesOf(run, 'k6_verdict_machine_cpus')[0]?.value ?? known ?? 1
  const samples = run.generator.map(({ seconds, k6, others }, index): GeneratorSample => {
    const before = run.generator[index - 1]?.seconds ?? seconds - 1
    const busy = (k6 + others) * cpus
    return {
      atMs: seconds * 1_000,
      elapsedMs: seconds * 1_000 - startMs,
      spanMs: (seconds - before) * 1_000,
      k6CpuCores: k6 * cpus,
      othersCpuCores: others * cpus,
      busyCpuCores: busy,
      idleCpuCores: Math.max(0, cpus - busy),
    }
  })
  if (samples.length === 0) return undefined
  const timeline = timelineOf(plan.phases, startMs)
  const spans = spansOf(timeline, judgedPhases(undefined, timeline))
  const end = Math.min((spans.at(-1)?.endUs ?? Infinity) / 1_000, samples.at(-1)?.atMs ?? Infinity)
  return judgeGenerator({
    samples,
    cpus,
    fromMs: (spans[0]?.startUs ?? startMs * 1_000) / 1_000,
    toMs: end,
  })
}
