import type { ServerSeries } from '../indicators/from-server/server-details.ts'
import { readGenerator } from '../generator/generator-file.ts'
import type { GeneratorSecond } from '../generator/generator-second.ts'
import { readServerMetrics } from '../server-metrics/server-file.ts'
import { HOST_NAMES, readHostFile } from './host-file.ts'

/** One metric of the machine that made the load, or of a target, over the run. */
export interface ResourceSeries {
  /** `generator`, or the address of the target's metrics. */
  source: string
  name: string
  labels: Readonly<Record<string, string>>
  atMs: number[]
  values: number[]
}

/** Of each second that generator.json has. */
const CPU_NAMES = {
  k6_cpu_cores: 'k6Cpu',
  k6_memory_bytes: 'k6MemoryBytes',
  sandbox_cpu_cores: 'sandboxCpu',
  host_cpu_others_cores: 'othersCpu',
  host_cpu_idle_cores: 'idleCpu',
} as const satisfies Record<string, keyof GeneratorSecond>

/** All that is known of the machine that made the load and of the targets, as it stands in the folder of the run. */
export async function runResources(folder: string): Promise<ResourceSeries[]> {
  const [seconds, host, recording] = await Promise.all([
    readGenerator(folder),
    readHostFile(folder),
    readServerMetrics(folder),
  ])
  const cpu = Object.entries(CPU_NAMES).flatMap(([name, of]) => {
    const known = seconds.filter((second) => second[of] !== undefined)
    return known.length === 0
      ? []
      : [
          ofGenerator(
            name,
            known.map(({ atMs }) => atMs),
            known.map((second) => second[of] ?? 0),
          ),
        ]
  })
  const rest = HOST_NAMES.flatMap((name) => {
    const { atMs, values } = host[name] ?? { atMs: [], values: [] }
    return atMs.length === 0 ? [] : [ofGenerator(name, atMs, values)]
  })
  const targets = (recording?.servers ?? []).flatMap(({ url, scrapes }) => {
    const answers = scrapes.flatMap((scrape) => ('series' in scrape ? [scrape] : []))
    return ofTarget(url, answers)
  })
  return [...cpu, ...rest, ...targets]
}

function ofGenerator(name: string, atMs: number[], values: number[]): ResourceSeries {
  return { source: 'generator', name, labels: {}, atMs, values }
}

function ofTarget(
  source: string,
  answers: readonly { atMs: number; series: readonly ServerSeries[] }[],
): ResourceSeries[] {
  const found = new Map<string, ResourceSeries>()
  for (const { atMs, series } of answers) {
    for (const [name, labels, value] of series) {
      const key = `${name}${JSON.stringify(labels)}`
      const own = found.get(key) ?? { source, name, labels, atMs: [], values: [] }
      found.set(key, own)
      own.atMs.push(atMs)
      own.values.push(value)
    }
  }
  return [...found.values()]
}
