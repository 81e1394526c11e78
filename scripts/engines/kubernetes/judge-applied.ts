import { join } from 'node:path'
import { sinceLastRun } from '../../compare/since-last-run.ts'
import { readK6Log } from '../../k6/k6-log.ts'
import { progress, say } from '../../core/console.ts'
import { printVerdict } from '../../report/print-verdict.ts'
import {
  absolutePhases,
  type Manifest,
  type ManifestInstance,
  writeManifest,
} from '../../run-folder/manifest.ts'
import type { GeneratorHealth } from '../../verdict/generator/generator-health.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import { EXIT_INVALID, EXIT_NO_DATA, EXIT_STOPPED } from '../../verdict/exit-code.ts'
import { removeRaw } from '../../samples/convert.ts'
import { judgeRecordings } from '../../verdict/judge-recordings.ts'
import { readSummary } from '../../verdict/facts/read-summary.ts'
import type { InstanceEvidence } from '../../verdict/facts/sample-faults.ts'
import { verdictWord } from '../../verdict/verdict.ts'
import { verdictFile, type VerdictFile, writeVerdict } from '../../verdict/verdict-file.ts'
import { verdictFromPrometheus } from '../../verdict-from-prometheus/verdict-from-prometheus.ts'
import { withoutSamples } from '../../verdict/tables/without-samples.ts'
import type { AppliedRun } from './apply-run.ts'
import { completeApplied, csvOf } from './complete-applied.ts'
import type { WrittenRun } from './written-run.ts'
import { instanceFolder } from './runner-logs.ts'
import { type RunnerLog, startFaults, startNotes, startOf } from './runner-starts.ts'
import type { Runner } from './wait-for-runners.ts'

/** Judges what came back from the cluster: its samples, else what is in Prometheus. */
export async function judgeApplied(written: WrittenRun, applied: AppliedRun): Promise<number> {
  const { folder, options, cluster } = written
  const logs = logsOf(written, applied.runners)
  const manifest = completeManifest(written, applied, logs)
  await writeManifest(folder.manifest, manifest)
  if (applied.end.stoppedByUser) {
    say('stopped: the runners are deleted, and there is no verdict')
    return EXIT_STOPPED
  }
  const broken = [...applied.end.faults, ...applied.faults]
  const faults = [
    ...broken.map((fault) => reason('INSTANCE_FAILED', { fault })),
    ...startFaults(written, logs),
  ]
  const found = await judged(written, applied, { manifest, logs, faults })
  if (!found) {
    for (const { text } of faults) say(`  - ${text}`)
    say(
      `no verdict: ${cluster.samplesVolume === undefined ? missing(written) : 'nothing was recorded'}`,
    )
    return faults.length > 0 ? EXIT_INVALID : EXIT_NO_DATA
  }
  const { strict } = options
  const { file } = found
  const exitCode = await printVerdict(file, folder.path, { strict })
  await writeManifest(folder.manifest, { ...found.manifest, verdict: verdictWord(file), exitCode })
  return exitCode
}

// A Prometheus knows nothing of what a script of anybody's was to do.
function missing({ script, options }: WrittenRun): string {
  if (script) return '--samples-volume was not given'
  return options.prometheus === undefined
    ? 'neither --samples-volume nor --prometheus was given'
    : 'nothing was recorded'
}

interface JudgedApplied {
  file: VerdictFile
  manifest: Manifest
}

interface Evidence {
  manifest: Manifest
  logs: readonly RunnerLog[]
  faults: readonly Reason[]
}

function logsOf(written: WrittenRun, runners: readonly Runner[]): RunnerLog[] {
  return runners.map((runner) => {
    return { runner, ...readK6Log(join(instanceFolder(written, runner), 'k6.log')) }
  })
}

async function judged(
  written: WrittenRun,
  applied: AppliedRun,
  evidence: Evidence,
): Promise<JudgedApplied | undefined> {
  const { folder, options, script } = written
  if (applied.recorded.length > 0) return judgedBySamples(written, applied, evidence)
  if (options.prometheus === undefined || script) return undefined
  const url = options.queryPrometheus ?? String(options.prometheus)
  progress('  reading Prometheus')
  const { file } = await verdictFromPrometheus({
    url,
    testid: folder.id,
    sla: options.sla,
    faults: evidence.faults,
    env: process.env,
  })
  return { file, manifest: evidence.manifest }
}

async function judgedBySamples(
  written: WrittenRun,
  applied: AppliedRun,
  evidence: Evidence,
): Promise<JudgedApplied> {
  const { folder, options } = written
  const { logs, faults } = evidence
  progress('  reading the samples')
  const { planned, manifest, kept, ...known } = await completeApplied(written, applied, evidence)
  const judged = await judgeRecordings({
    folder,
    ...known,
    instances: await instancesOf(written, applied, evidence),
    plan: planned.evaluated.plan,
    objectives: planned.objectives,
    processMs: applied.processMs,
    generator: { health: UNKNOWN_GENERATOR },
    instanceFaults: faults,
    doubts: [NOT_WATCHED, ...startNotes(logs)],
    stoppedByUser: false,
    keepRaw: options.keepRaw,
  })
  if (kept?.report) {
    const files = csvOf(written, applied).map(({ csv }) => csv)
    await removeRaw(files, kept.report, options.keepRaw)
  }
  const errors = [...new Set(logs.flatMap((log) => log.errors))]
  const file = verdictFile({ manifest, judged, errors })
  const sinceLast = await sinceLastRun(file, join(folder.path, '..'))
  const complete = { ...file, ...(sinceLast && { sinceLast }) }
  await writeVerdict(folder.verdict, complete)
  return { file: complete, manifest }
}

function instancesOf(
  written: WrittenRun,
  { recorded }: AppliedRun,
  { manifest, logs }: Evidence,
): Promise<InstanceEvidence[]> {
  const evidenceOf = async (runner: Runner): Promise<InstanceEvidence> => {
    const { instance: name } = runner
    const summary = join(instanceFolder(written, runner), 'summary.json')
    const log = logs.find((each) => each.runner === runner)
    return {
      name,
      summary: await readSummary(summary).catch(() => undefined),
      errors: log?.errors ?? [],
      lastOwnError: log?.lastOwnError,
      redirectsGivenUp: log?.redirectsGivenUp ?? 0,
      exceptions: log?.exceptions ?? 0,
      threwIn: log?.threwIn ?? {},
      interruptedIterations: log?.interruptedIterations,
      exitCode: manifest.instances.find((each) => each.name === name)?.exitCode,
    }
  }
  return Promise.all(recorded.map(evidenceOf))
}

const NOT_WATCHED = reason('GENERATOR_UNKNOWN', { where: 'look at the nodes of the runners' })

const UNKNOWN_GENERATOR: GeneratorHealth = {
  ...withoutSamples({ startMs: 0, elapsedSeconds: 0, plannedSeconds: 0, end: 'complete' })
    .generator,
  notes: [reason('GENERATOR_NOT_WATCHED', {})],
}

function completeManifest(
  written: WrittenRun,
  { end, runners }: AppliedRun,
  logs: readonly RunnerLog[],
): Manifest {
  const { manifest } = written
  const start = startOf(logs)
  const instances = runners.map(({ instance, job }): ManifestInstance => {
    const { ended } = end.pods.get(job) ?? {}
    const { interruptedIterations } = logs.find(({ runner }) => runner.job === job) ?? {}
    return {
      name: instance,
      ...(interruptedIterations !== undefined && { interruptedIterations }),
      ...(ended && {
        exitCode: ended.exitCode,
        startedAt: ended.startedAt,
        endedAt: ended.finishedAt,
      }),
      ...(end.stoppedByUser && { stoppedBy: 'user' }),
    }
  })
  return {
    ...manifest,
    endedAt: new Date().toISOString(),
    instances,
    ...(start !== undefined && { phases: absolutePhases(manifest.plan.phases, start) }),
  }
}
