import { usableMemoryBytes } from '../../k6/environment.ts'
import type { ExecutedRun } from './executed-run.ts'
import { usableCpus } from '../../generator/machine-look.ts'
import type { EndedInstance } from './instance-rows.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import type { RunFolder } from '../../run-folder/run-folder.ts'
import type { JudgedRun } from '../../verdict/judge-run.ts'
import { judgeRecordings } from '../../verdict/judge-recordings.ts'
import type { KeptTable, Recordings } from '../../verdict/recorded-run.ts'
import type { Reason } from '../../reasons/reasons.ts'
import { readSummary } from '../../verdict/facts/read-summary.ts'
import type { InstanceEvidence } from '../../verdict/facts/sample-faults.ts'

export interface FolderInput {
  folder: RunFolder
  planned: PlannedRun
  executed: ExecutedRun
  /** Leave k6's CSV beside the sample file. */
  keepRaw: boolean
  /** Where the sample file has been made already. */
  kept?: KeptTable | undefined
  /** No summary of k6 is expected. */
  isSamplesOnly?: boolean
  doubts?: readonly Reason[]
}

/** Turns what the k6 of this machine recorded into the sample file, and judges it. */
export async function judgeFolder(input: FolderInput): Promise<JudgedRun> {
  const { folder, planned, executed, keepRaw } = input
  const { instances, watched, manifest } = executed
  const { generator, generators } = watched
  const cpus = usableCpus()
  const threads = threadsOf(manifest.k6Environment)
  return judgeRecordings({
    folder,
    recordings: input.kept ? { kept: input.kept } : recordingsOf(instances),
    instances: (await Promise.all(instances.map(evidenceOf))).map((each) => ({
      ...each,
      ...(input.isSamplesOnly && { isSamplesOnly: true }),
    })),
    doubts: input.doubts ?? [],
    plan: planned.evaluated.plan,
    objectives: planned.objectives,
    startMs: executed.startMs,
    processMs: executed.processMs,
    generator: {
      samples: generator,
      ...(generators && {
        each: instances.map(({ name = '' }, index) => {
          return { name, samples: generators[index] ?? [], cpus: Math.min(cpus, threads) }
        }),
      }),
      cpus: Math.min(cpus, threads * instances.length),
      memoryBytes: usableMemoryBytes(),
    },
    instanceFaults: executed.instanceFaults,
    share: executed.share,
    stoppedByUser: executed.outcome.stoppedBy === 'user',
    isOverdue: executed.outcome.stoppedBy === 'deadline',
    stoppedBy: watched.stoppedBy,
    endedBecause: executed.endedBecause,
    keepRaw,
  })
}

// k6 says so too, but a k6 that is busy enough says nothing.
function threadsOf({ GOMAXPROCS }: Record<string, string>): number {
  const threads = Number(GOMAXPROCS)
  return threads > 0 ? threads : Infinity
}

/** What each k6 of a run has recorded. */
export function recordingsOf(
  instances: readonly EndedInstance[],
): Extract<Recordings, { csv: unknown }> {
  const named = instances.flatMap(({ name, files }) => {
    return name === undefined ? [] : { instance: name, csv: files.recorded }
  })
  return { csv: named.length > 0 ? named : (instances[0]?.files.recorded ?? '') }
}

/** What one k6 of a run left beside its samples. */
async function evidenceOf({
  name,
  files,
  errors,
  lastOwnError,
  redirectsGivenUp,
  exceptions,
  threwIn,
  outcome: { exitCode, interruptedIterations },
}: EndedInstance): Promise<InstanceEvidence> {
  const summary = await readSummary(files.summary).catch(() => undefined)
  return {
    ...(name !== undefined && { name }),
    summary,
    errors,
    lastOwnError,
    redirectsGivenUp,
    exceptions,
    threwIn,
    exitCode,
    interruptedIterations,
  }
}
