import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import type { Division } from '../distributed/instance-plan.ts'
import { segmentObjectives } from '../distributed/segment-objectives.ts'
import { writeObjectives } from '../sla/objectives-file.ts'
import { say } from '../report/console.ts'
import { type ReportedRun, reportRun } from '../report/report-run.ts'
import type { ExecutedRun } from '../run/execute-run.ts'
import { absolutePhases } from '../run/manifest.ts'
import type { RunFolder } from '../run/run-folder.ts'
import { convertSamples, removeRaw, type SampleReport } from '../samples/convert.ts'
import { openDatabase } from '../samples/sample-database.ts'
import { readSummary, type Summary } from '../verdict/facts/read-summary.ts'
import { recordingsOf } from '../verdict/judge-folder.ts'
import type { StopReason } from '../verdict/stop/stop-rule.ts'
import { reason } from '../reasons/reasons.ts'
import { loadsOfPart } from './loads-of-part.ts'
import type { ScriptRun } from './script-run.ts'
import type { PlannedScript } from './plan-script.ts'
import { type SeenInSamples, seenInSamples } from './seen-in-samples.ts'
import { typesIn } from './summary-types.ts'

export interface ScriptReport {
  script: ScriptRun
  folder: RunFolder
  planned: PlannedScript
  /** Where several k6 make the load, on other machines too. */
  division: Division | undefined
  executed: ExecutedRun
  strict: boolean
  keepRaw: boolean
  /** Gets k6's summary too. */
  summaryExport: string | undefined
}

/** Judges an ended run of a script of the user's own: what it called is known by now. */
export async function reportScript(input: ScriptReport): Promise<ReportedRun> {
  const { script, folder, executed, keepRaw, summaryExport } = input
  if (summaryExport !== undefined) await exported(folder.summary, summaryExport)
  const [first = folder] = executed.instances.map(({ files }) => files)
  const summary = await readSummary(first.summary).catch(() => undefined)
  const found = await tableOf(input)
  const seen = found?.seen ?? { startUs: undefined, endpoints: [], reached: [] }
  const planned = completed(input, seen, summary)
  await writeObjectives(folder, planned.objectives)
  const reported = await reportRun({
    ...input,
    ...(script.isWithoutSummary && { isSamplesOnly: true }),
    doubts: script.isLogElsewhere ? [reason('LOG_ELSEWHERE', {})] : [],
    planned: ofPart(planned, input.division),
    executed: withSeen(executed, planned, seen),
    ...(found && { kept: { parquet: folder.samples, report: found.report } }),
  })
  if (found) await removeRaw(csvsOf(executed), found.report, keepRaw)
  return reported
}

// Objectives of the whole load wait for the merge, and the rest is held against the part that is this machine's.
function ofPart(planned: PlannedScript, division: Division | undefined): PlannedScript {
  if (!division?.machine) return planned
  const { evaluated, objectives } = planned
  const { plan, scenarios } = evaluated
  const script = loadsOfPart(plan.script ?? [], scenarios, division)
  return {
    ...planned,
    objectives: segmentObjectives(objectives, division.machine),
    evaluated: { ...evaluated, plan: { ...plan, script } },
  }
}

async function exported(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      say(`${to} could not be written: ${String(error)}`)
  })
}

function csvsOf({ instances }: ExecutedRun): string[] {
  return instances.map(({ files }) => files.recorded)
}

interface Table {
  report: SampleReport
  seen: SeenInSamples
}

// Where this fails, as on a full disk, the judging tries it again elsewhere.
async function tableOf({ folder, planned, executed }: ScriptReport): Promise<Table | undefined> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const files = csvsOf(executed)
  const database = await openDatabase({ temporaryFolder, folders: [folder.path], files })
  try {
    const { csv } = recordingsOf(executed.instances)
    const parquet = folder.samples
    const report = await convertSamples({ database, csv, parquet })
    if (!report) return undefined
    const { script = [] } = planned.evaluated.plan
    const seen = await seenInSamples(database, { parquet, columns: report.columns, script })
    return { report, seen }
  } catch {
    return undefined
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

function completed(
  { planned, executed }: ScriptReport,
  seen: SeenInSamples,
  summary: Summary | undefined,
): PlannedScript {
  const { plan } = planned.evaluated
  const { endpoints, startUs } = seen
  const endMs = executed.processMs.end
  const seconds =
    (endMs - (startUs === undefined ? executed.processMs.start : startUs / 1_000)) / 1_000
  const whole = { ...plan, endpoints, optionalEndpoints: endpoints }
  return {
    ...planned,
    evaluated: {
      ...planned.evaluated,
      plan: plan.model === 'once' ? cutAt(whole, seconds) : whole,
    },
    objectives: planned.objectivesFor(endpoints, typesIn(summary)),
  }
}

// Counted iterations have a longest time in their plan, which hardly any run needs.
function cutAt(plan: RunPlan, seconds: number): RunPlan {
  if (seconds >= plan.durationSeconds) return plan
  const [first] = plan.phases
  const target = first?.target ?? plan.target
  const phase = { name: 'load', startSeconds: 0, endSeconds: seconds, target }
  return { ...plan, durationSeconds: seconds, phases: [phase] }
}

function withSeen(
  executed: ExecutedRun,
  { evaluated: { plan }, objectives }: PlannedScript,
  { startUs, reached }: SeenInSamples,
): ExecutedRun {
  const { manifest, watched } = executed
  const startMs = executed.startMs ?? (startUs === undefined ? undefined : startUs / 1_000)
  const stoppedBy = watched.stoppedBy ?? abortedBy(executed, objectives)
  return {
    ...executed,
    startMs,
    watched: { ...watched, ...(stoppedBy && { stoppedBy }) },
    manifest: {
      ...manifest,
      plan,
      ...(stoppedBy && { stoppedBy }),
      ...(startMs !== undefined && { phases: absolutePhases(plan.phases, startMs) }),
      ...(manifest.script && { script: { ...manifest.script, reached } }),
    },
  }
}

/** k6 v2.2.0, internal/metrics/engine: the run is ended by a threshold with `abortOnFail`. */
const ABORTED = /abortOnFail enabled, stopping test prematurely/

function abortedBy(
  { outcome, errors }: ExecutedRun,
  objectives: PlannedScript['objectives'],
): StopReason | undefined {
  if (outcome.exitCode !== 99 || !errors.some((error) => ABORTED.test(error))) return undefined
  const aborting = objectives.filter(({ threshold }) => threshold?.abortsRun)
  const id = aborting.map((each) => each.id).join(', ')
  return id === '' ? undefined : { id, reason: 'it was crossed, and has abortOnFail' }
}
