import type { GeneratorSample } from '../../generator/generator-sample.ts'
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

/**
 * The health of k6 on several machines: nothing is shared, so figures add up and each fault counts. How long a
 * thread waits each time is a mean, which does not add up: it is that of the machine where it was longest.
 */
export function joinHealths(
  machines: readonly { name: string; health: GeneratorHealth }[],
): GeneratorHealth {
  const healths = machines.map(({ health }) => health)
  const most = (of: (health: GeneratorHealth) => number): number => highest(healths.map(of))
  const seconds = Object.fromEntries(
    SECONDS.map((name) => [name, most((health) => health.seconds[name])]),
  ) as unknown as GeneratorHealth['seconds']
  const figures = FIGURES.flatMap((name) => {
    const values = healths.flatMap((health) => health[name] ?? [])
    if (values.length < healths.length) return []
    const join = name === 'k6WaitMs' ? highest : added
    const figure = {
      median: join(values.map(({ median }) => median)),
      peak: join(values.map(({ peak }) => peak)),
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
    cpus: added(healths.map(({ cpus }) => cpus)),
    ...(memory.length === healths.length && {
      memoryLimitBytes: added(memory),
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

function highest(values: readonly number[]): number {
  return Math.max(...values)
}

function added(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
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
