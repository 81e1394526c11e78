import { copyFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeExit, WHOLE_LOAD_EXITS } from '../k6/exit-codes.ts'
import { readK6Log } from '../k6/k6-log.ts'
import {
  absolutePhases,
  type Manifest,
  type ManifestInstance,
  shellCommand,
  writeManifest,
} from '../run-folder/manifest.ts'
import {
  instanceFiles,
  newRunId,
  requireResultsFolder,
  type RunFolder,
  runFolder,
} from '../run-folder/run-folder.ts'
import { joinHealths } from '../verdict/generator/generators-health.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import { judgeRecordings } from '../verdict/judge-recordings.ts'
import { copyServerMetrics } from '../server-metrics/server-file.ts'
import { readSummary } from '../verdict/facts/read-summary.ts'
import { reason, type Reason } from '../reasons/reasons.ts'
import type { InstanceEvidence } from '../verdict/facts/sample-faults.ts'
import { loadStartMs, segmentProblems } from './check-segments.ts'
import { mergeRefused } from './errors.ts'
import type { SegmentInstance, SegmentRun } from './read-segment-run.ts'
import { wholeObjectives, wholePlan, wholeScript } from './script-segments.ts'
import { skewFault } from '../segments/start-skew.ts'

/** A run that was put together from those of several machines. */
export interface MergedRun {
  folder: RunFolder
  manifest: Manifest
  judged: JudgedRun
  errors: string[]
}

/**
 * Judges the segments of a load as the one run that they are, in a folder of its own.
 *
 * @throws ToolkitError `K6V_MERGE_REFUSED` when they are not that
 */
export async function mergeRuns(runs: readonly SegmentRun[]): Promise<MergedRun> {
  const problems = segmentProblems(runs)
  const [first] = runs
  if (!first || problems.length > 0) throw mergeRefused(problems)
  const instances = runs
    .flatMap((run) => run.instances)
    .sort((one, other) => Number(one.name) - Number(other.name))
  const manifest = mergedManifest(runs, instances)
  const folder = runFolder(manifest.id, process.env)
  await requireResultsFolder(folder.path)
  await copyParts(folder, first, instances)
  await copyServerMetrics(
    runs.map((run) => run.folder.path),
    folder.path,
  )
  await writeManifest(folder.manifest, manifest)
  const evidence = await Promise.all(instances.map(evidenceOf))
  const judged = await judgeRecordings({
    folder,
    recordings: {
      tables: runs.map(({ folder: { samples }, verdict }) => {
        return { parquet: samples, report: verdict.samples }
      }),
    },
    instances: evidence,
    plan: manifest.plan,
    objectives: wholeObjectives(runs),
    startMs: Math.min(...runs.flatMap((run) => loadStartMs(run) ?? [])),
    processMs: { start: Date.parse(manifest.startedAt), end: Date.parse(manifest.endedAt ?? '') },
    generator: {
      health: joinHealths(
        runs.map(({ manifest: { segment }, verdict }) => {
          return { name: `${segment.part}/${segment.of}`, health: verdict.generator }
        }),
      ),
    },
    instanceFaults: [
      ...instances.flatMap(faultsOf),
      ...skewFault(instances.flatMap(({ loadStartedAt }) => Date.parse(loadStartedAt ?? '') || [])),
    ],
    stoppedByUser: instances.some(({ stoppedBy }) => stoppedBy === 'user'),
    keepRaw: true,
  })
  const errors = [...new Set(evidence.flatMap((each) => each.errors))]
  return { folder, manifest, judged, errors }
}

function mergedManifest(
  runs: readonly SegmentRun[],
  instances: readonly SegmentInstance[],
): Manifest {
  const manifests = runs.map(({ manifest }) => manifest)
  const [first] = manifests
  if (!first) throw new Error('Expected runs to merge, got none')
  const times = (of: (manifest: Manifest) => string | undefined): number[] =>
    manifests.flatMap((manifest) => Date.parse(of(manifest) ?? '') || [])
  const startMs = Math.min(...runs.flatMap((run) => loadStartMs(run) ?? []))
  const plan = wholePlan(runs) ?? first.plan
  return {
    ...withoutParts(first),
    ...wholeScript(runs),
    plan,
    id: newRunId(first.scenario, new Date()),
    command: shellCommand(),
    startedAt: new Date(Math.min(...times(({ startedAt }) => startedAt))).toISOString(),
    endedAt: new Date(Math.max(...times(({ endedAt }) => endedAt))).toISOString(),
    phases: absolutePhases(plan.phases, startMs),
    instances: instances.map(rowOf),
    mergedFrom: manifests.map(({ id, host, segment }) => ({ id, host: host.name, segment })),
  }
}

// What is true of one part only, or of a verdict that is not this one.
function withoutParts(manifest: Manifest): Manifest {
  const whole = { ...manifest }
  delete whole.segment
  delete whole.verdict
  delete whole.exitCode
  return whole
}

// Where its files were is of no use in another folder.
function rowOf(instance: SegmentInstance): ManifestInstance {
  return Object.fromEntries(Object.entries(instance).filter(([key]) => key !== 'files'))
}

// So that the folder says all that its verdict rests on, also where the others are gone.
async function copyParts(
  folder: RunFolder,
  { folder: from, manifest }: SegmentRun,
  instances: readonly SegmentInstance[],
): Promise<void> {
  await mkdir(folder.path, { recursive: true })
  if (manifest.script) await copyFile(from.archive, folder.archive)
  else await copyFile(from.script, folder.script)
  await copyFile(`${from.script}.map`, `${folder.script}.map`).catch(() => undefined)
  for (const { name, files } of instances) {
    const { log, summary } = instanceFiles(folder, name)
    await mkdir(dirname(log), { recursive: true })
    // A k6 that was killed has left no summary, and the verdict says so.
    await copyFile(files.log, log).catch(() => undefined)
    await copyFile(files.summary, summary).catch(() => undefined)
  }
}

async function evidenceOf({ name, files, ...end }: SegmentInstance): Promise<InstanceEvidence> {
  const summary = await readSummary(files.summary).catch(() => undefined)
  const { errors, lastOwnError, redirectsGivenUp, exceptions, threwIn } = readK6Log(files.log)
  return { name, summary, errors, lastOwnError, redirectsGivenUp, exceptions, threwIn, ...end }
}

function faultsOf({ name, exitCode, stoppedBy }: SegmentInstance): Reason[] {
  if (stoppedBy === 'user' || WHOLE_LOAD_EXITS.includes(exitCode ?? -1)) return []
  return [reason('INSTANCE_FAILED', { fault: `instance ${name}: ${describeExit(exitCode)}` })]
}
