import type { GeneratorSample } from '../../run/generator-sample.ts'
import type { Reason } from '../../reasons/reasons.ts'
import {
  FIGURES,
  type GeneratorHealth,
  type GeneratorInput,
  type InstanceHealth,
  judgeGenerator,
} from './generator-health.ts'

type NamedHealth = GeneratorHealth & { name: string }

/** One k6 of several on a machine, and what it may use of it. */
export interface InstanceGenerator {
  name: string
  samples: readonly GeneratorSample[]
  /** Its GOMAXPROCS. */
  cpus: number
}

/**
 * Judges several k6 of one machine: all together as if they were one, and each by its own part of the
 * CPUs and of the memory. One that has used up its part spoils the run, though the machine may be idle.
 *
 * @param all with samples of all k6 added up
 */
export function judgeGenerators(
  all: GeneratorInput,
  each: readonly InstanceGenerator[],
): GeneratorHealth {
  const together = judgeGenerator(all)
  const { fromMs, toMs } = all
  const time = { ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) }
  const instances = each.map(({ name, samples, cpus }) => {
    return { name, ...judgeGenerator({ samples, cpus, ...time }) }
  })
  return withInstances(together, instances)
}

/** A health with that of each instance: what is wrong with one is wrong with the run. */
function withInstances(
  together: GeneratorHealth,
  instances: readonly NamedHealth[],
): GeneratorHealth {
  // What all of them lack is said once.
  const faults = instances
    .filter(() => together.faults.length === 0)
    .flatMap(({ name, faults }) => faults.map((fault) => placed(fault, `instance ${name}`)))
  return {
    ...together,
    faults: [...together.faults, ...faults],
    instances: instances.map(instanceOf),
  }
}

/** The health of k6 on several machines: nothing is shared, so figures add up and each fault counts. */
export function joinHealths(
  machines: readonly { name: string; health: GeneratorHealth }[],
): GeneratorHealth {
  const healths = machines.map(({ health }) => health)
  const sum = (of: (health: GeneratorHealth) => number): number =>
    healths.reduce((total, health) => total + of(health), 0)
  const most = (of: (health: GeneratorHealth) => number): number => Math.max(...healths.map(of))
  const seconds = Object.fromEntries(
    SECONDS.map((name) => [name, most((health) => health.seconds[name])]),
  ) as unknown as GeneratorHealth['seconds']
  const figures = FIGURES.flatMap((name) => {
    const values = healths.flatMap((health) => health[name] ?? [])
    if (values.length < healths.length) return []
    const figure = {
      median: values.reduce((total, { median }) => total + median, 0),
      peak: values.reduce((total, { peak }) => total + peak, 0),
    }
    return [[name, figure] as const]
  })
  const memory = healths.flatMap(({ memoryLimitBytes }) => memoryLimitBytes ?? [])
  const told = (of: 'faults' | 'notes'): Reason[] =>
    machines.flatMap(({ name, health }) =>
      health[of].map((told) => placed(told, `machine ${name}`)),
    )
  return {
    judgedSeconds: most(({ judgedSeconds }) => judgedSeconds),
    seconds,
    cpus: sum(({ cpus }) => cpus),
    ...(memory.length === healths.length && {
      memoryLimitBytes: memory.reduce((total, bytes) => total + bytes, 0),
    }),
    ...(Object.fromEntries(figures) as Partial<Pick<GeneratorHealth, (typeof FIGURES)[number]>>),
    clockJumpMs: most(({ clockJumpMs }) => clockJumpMs),
    faults: told('faults'),
    notes: told('notes'),
    instances: machines.flatMap(
      ({ name, health }) => health.instances ?? [instanceOf({ name, ...health })],
    ),
  }
}

/** The same reason, which says where it holds. */
function placed({ code, text, data }: Reason, place: string): Reason {
  return { code, text: `${place}: ${text}`, data: { ...data, place } }
}

function instanceOf({
  name,
  cpus,
  k6CpuCores,
  k6MemoryBytes,
  faults,
}: NamedHealth): InstanceHealth {
  return {
    name,
    cpus,
    ...(k6CpuCores && { k6CpuCores }),
    ...(k6MemoryBytes && { k6MemoryBytes }),
    faults,
  }
}

const SECONDS = ['k6', 'machine', 'saturated', 'starved', 'full', 'collecting', 'unproven'] as const
