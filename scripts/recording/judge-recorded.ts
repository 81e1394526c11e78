import { stat } from 'node:fs/promises'
import { shareOfMachine } from '../segments/instance-plan.ts'
import { lateFault, skewFault } from '../segments/start-skew.ts'
import { describeExit, WHOLE_LOAD_EXITS } from '../k6/exit-codes.ts'
import { readK6Log } from '../k6/k6-log.ts'
import { reason, type Reason } from '../reasons/reasons.ts'
import { absolutePhases, type Manifest } from '../run-folder/manifest.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { readSummary } from '../verdict/facts/read-summary.ts'
import type { InstanceEvidence } from '../verdict/facts/sample-faults.ts'
import { judgeRecordings } from '../verdict/judge-recordings.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import type { LoadShare } from '../segments/instance-plan.ts'
import type { RecordedFolder, RecordedInstance } from './recorded-folder.ts'
import { recordedGenerator } from './recorded-generator.ts'

export interface JudgedFolder {
  manifest: Manifest
  judged: JudgedRun
  errors: string[]
}

export interface JudgingOptions {
  objectives: readonly CompiledObjective[]
  keepRaw: boolean
}

const NOT_KEPT = 'its exit code was not kept'

/** Judges what a run has recorded, as it would have been at its end: what nobody has kept is not guessed. */
export async function judgeRecorded(
  recorded: RecordedFolder,
  { objectives, keepRaw }: JudgingOptions,
): Promise<JudgedFolder> {
  const { folder, manifest, instances, recordings, verdict } = recorded
  const logs = instances.map(({ files }) => readK6Log(files.log))
  const startsMs = logs.flatMap(({ startedAtMs }) =>
    startedAtMs.length > 0 ? Math.min(...startedAtMs) : [],
  )
  const startMs = startsMs.length > 0 ? Math.min(...startsMs) : startOf(manifest)
  const isEndUnknown = instances.some(({ endedAt }) => endedAt === undefined)
  const { generator, doubts } = await recordedGenerator(recorded)
  const stop = manifest.stoppedBy ?? verdict?.stoppedBy
  const judged = await judgeRecordings({
    folder,
    recordings,
    instances: await Promise.all(instances.map((each) => evidenceOf(each, manifest))),
    plan: manifest.plan,
    objectives,
    startMs,
    processMs: { start: Date.parse(manifest.startedAt), end: await endMs(recorded) },
    generator,
    instanceFaults: [
      ...instances.flatMap(faultsOf),
      ...(startsMs.length > 1 ? skewFault(startsMs) : []),
      ...lateFault(startMs, manifest.segment && Date.parse(manifest.segment.startAt)),
    ],
    doubts: [...doubts, ...(isEndUnknown ? [reason('K6_END_UNKNOWN', { where: NOT_KEPT })] : [])],
    share: partOf(recorded),
    stoppedByUser: instances.some(({ stoppedBy }) => stoppedBy === 'user'),
    isOverdue: instances.some(({ stoppedBy }) => stoppedBy === 'deadline'),
    isEndUnknown,
    endedBecause: manifest.endedBecause,
    // What ended it is no reason of an SLA file that does not have it.
    stoppedBy: stop && objectives.some(({ id }) => id === stop.id) ? stop : undefined,
    keepRaw,
  })
  const phases =
    startMs === undefined ? {} : { phases: absolutePhases(manifest.plan.phases, startMs) }
  return {
    manifest: { ...manifest, ...phases },
    judged,
    errors: [...new Set(logs.flatMap(({ errors }) => errors))],
  }
}

function startOf({ phases }: Manifest): number | undefined {
  const [first] = phases ?? []
  return first && Date.parse(first.startedAt)
}

// Where nobody has seen k6 end, its files tell until when it wrote.
async function endMs({ folder, instances }: RecordedFolder): Promise<number> {
  const known = instances.flatMap(({ endedAt }) => Date.parse(endedAt ?? '') || [])
  if (known.length === instances.length) return Math.max(...known)
  const paths = [...instances.map(({ files }) => files.recorded), folder.samples]
  const files = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
  return Math.max(...known, ...files.flatMap((file) => file?.mtimeMs ?? []))
}

async function evidenceOf(
  { name, files, ...end }: RecordedInstance,
  { recording }: Manifest,
): Promise<InstanceEvidence> {
  const { errors, lastOwnError, redirectsGivenUp, exceptions, threwIn } = readK6Log(files.log)
  return {
    ...(name !== undefined && { name }),
    summary: await readSummary(files.summary).catch(() => undefined),
    ...(recording?.csv !== undefined && { isSamplesOnly: true }),
    ...{ errors, lastOwnError, redirectsGivenUp, exceptions, threwIn },
    exitCode: end.exitCode,
    interruptedIterations: end.interruptedIterations,
  }
}

// Of several k6, one that broke has taken the others with it.
function faultsOf({ name, endedAt, exitCode, stoppedBy }: RecordedInstance): Reason[] {
  const isSound = stoppedBy !== undefined || WHOLE_LOAD_EXITS.includes(exitCode ?? -1)
  if (name === undefined || endedAt === undefined || isSound) return []
  return [reason('INSTANCE_FAILED', { fault: `instance ${name}: ${describeExit(exitCode)}` })]
}

function partOf({ manifest: { segment } }: RecordedFolder): LoadShare | undefined {
  if (!segment) return undefined
  const { users = 0, ratio = 1 / segment.of } = segment
  return shareOfMachine(segment, { users, ratio })
}
