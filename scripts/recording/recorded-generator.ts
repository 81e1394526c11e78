import { readGenerator } from '../generator/generator-file.ts'
import type { GeneratorSample } from '../generator/generator-sample.ts'
import type { GeneratorSecond } from '../generator/generator-second.ts'
import { reason, type Reason } from '../reasons/reasons.ts'
import type { GeneratorEvidence } from '../verdict/recorded-run.ts'
import { withoutSamples } from '../verdict/tables/without-samples.ts'
import type { RecordedFolder } from './recorded-folder.ts'

/** What is known of the machine that made the load, and what that leaves open. */
export interface RecordedGenerator {
  generator: GeneratorEvidence
  doubts: Reason[]
}

/** Reads what a run has kept of its generator: its verdict says all of it, generator.json nearly all. */
export async function recordedGenerator({
  folder,
  manifest,
  verdict,
}: RecordedFolder): Promise<RecordedGenerator> {
  if (verdict && !verdict.source) {
    // What was not known then is not known now.
    const doubts = verdict.reasons.filter(({ code }) => code === 'GENERATOR_UNKNOWN')
    return { generator: { health: verdict.generator }, doubts }
  }
  const seconds = await readGenerator(folder.path).catch(() => [])
  if (seconds.length === 0 || manifest.recording?.csv !== undefined)
    return unknownGenerator('what was seen of them was not kept')
  const { host, k6Environment, instances } = manifest
  const threads = Number(k6Environment['GOMAXPROCS'])
  const most = threads > 0 ? threads * instances.length : Infinity
  const samples = samplesOf(seconds)
  const cpus = Math.min(host.cpus, most)
  return { generator: { samples, cpus, memoryBytes: host.memoryBytes }, doubts: [] }
}

/** Of a run that nobody watched. */
export function unknownGenerator(where: string): RecordedGenerator {
  const length = { startMs: 0, elapsedSeconds: 0, plannedSeconds: 0, end: 'complete' } as const
  const { generator } = withoutSamples(length)
  return { generator: { health: generator }, doubts: [reason('GENERATOR_UNKNOWN', { where })] }
}

const SECOND_MS = 1_000

/** The other way round than perSecondOf(). */
function samplesOf(seconds: readonly GeneratorSecond[]): GeneratorSample[] {
  const firstMs = seconds[0]?.atMs ?? 0
  return seconds.map((second, index) => {
    const { atMs, k6WaitSeconds, gcCpuSeconds, gcPauseSeconds } = second
    const spanMs = index === 0 ? SECOND_MS : atMs - (seconds[index - 1]?.atMs ?? 0)
    const perSecond = (inAll: number | undefined): number | undefined =>
      inAll === undefined ? undefined : inAll / (spanMs / SECOND_MS)
    return known({
      atMs,
      elapsedMs: atMs - firstMs,
      spanMs,
      k6CpuCores: second.k6Cpu,
      k6WaitingThreads: perSecond(k6WaitSeconds),
      k6WaitMs: second.k6WaitMs,
      k6CollectingCores: perSecond(gcCpuSeconds),
      k6PausedShare: perSecond(gcPauseSeconds),
      k6MemoryBytes: second.k6MemoryBytes,
      busyCpuCores: second.k6Cpu + (second.sandboxCpu ?? 0) + second.othersCpu + second.stealCpu,
      idleCpuCores: second.idleCpu,
      stealCpuCores: second.stealCpu,
      sandboxCpuCores: second.sandboxCpu,
      othersCpuCores: second.othersCpu,
    })
  })
}

type Known = { [Name in keyof GeneratorSample]: GeneratorSample[Name] | undefined }

function known(sample: Known): GeneratorSample {
  const entries = Object.entries(sample).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as unknown as GeneratorSample
}
