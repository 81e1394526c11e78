import { copyFile } from 'node:fs/promises'
import type { Division } from '../../segments/instance-plan.ts'
import { segmentObjectives } from '../../segments/segments.ts'
import { writeObjectives } from '../../sla/objectives-file.ts'
import { say } from '../../core/console.ts'
import { type ReportedRun, reportRun } from './report-run.ts'
import type { ExecutedRun } from './executed-run.ts'
import { absolutePhases } from '../../run-folder/manifest.ts'
import type { RunFolder } from '../../run-folder/run-folder.ts'
import { removeRaw } from '../../samples/convert.ts'
import { readSummary } from '../../verdict/facts/read-summary.ts'
import { recordingsOf } from './judge-folder.ts'
import { reason } from '../../reasons/reasons.ts'
import { abortedBy, completedScript } from '../../script/completed-script.ts'
import { loadsOfPart } from '../../script/loads-of-part.ts'
import type { ScriptRun } from '../../script/script-run.ts'
import type { PlannedScript } from '../../script/plan-script.ts'
import type { SeenInSamples } from '../../script/seen-in-samples.ts'

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
  const { csv } = recordingsOf(executed.instances)
  const { processMs } = executed
  const of = { folder, csv, summary, processMs, planned: input.planned }
  const { planned, seen, kept } = await completedScript(of)
  await writeObjectives(folder, planned.objectives)
  const reported = await reportRun({
    ...input,
    ...(script.isWithoutSummary && { isSamplesOnly: true }),
    doubts: script.isLogElsewhere ? [reason('LOG_ELSEWHERE', {})] : [],
    planned: ofPart(planned, input.division),
    executed: withSeen(executed, planned, seen),
    ...(kept && { kept }),
  })
  if (kept?.report) await removeRaw(csvsOf(executed), kept.report, keepRaw)
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

function withSeen(
  executed: ExecutedRun,
  { evaluated: { plan }, objectives }: PlannedScript,
  { startUs, reached }: SeenInSamples,
): ExecutedRun {
  const { manifest, watched } = executed
  const startMs = executed.startMs ?? (startUs === undefined ? undefined : startUs / 1_000)
  const stoppedBy = watched.stoppedBy ?? abortedBy(endOf(executed), objectives)
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

function endOf({ outcome: { exitCode }, errors }: ExecutedRun) {
  return { exitCode, errors }
}
