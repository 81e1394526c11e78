import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { judgeCsv } from '../recording/judge-csv.ts'
import { refuseGoingOn } from '../recording/going-on.ts'
import { judgeRecorded } from '../recording/judge-recorded.ts'
import { readRecordedFolder, type RecordedFolder } from '../recording/recorded-folder.ts'
import { recordedObjectives } from '../recording/recorded-objectives.ts'
import { completeRun } from '../engines/local/complete-run.ts'
import { progress, say, shownPath } from '../core/console.ts'
import { findRun } from '../run-folder/find-run.ts'
import type { JudgedRecording } from '../run-folder/manifest.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { findWorkload, type WorkloadFolder, workloadFolders } from '../plan/scenario-files.ts'
import { unknownWorkload, wrongUsage } from '../core/usage-errors.ts'

export interface JudgeOptions {
  csv?: string
  script?: string
  sla?: string
  workload?: string
  keepRaw: boolean
  strict: boolean
}

/** Judges a recording: a run folder of this toolkit, or the CSV of any k6. The exit code says the verdict. */
export async function judge(run: string | undefined, options: JudgeOptions): Promise<number> {
  const { csv, script } = options
  if (run !== undefined && csv === undefined && script === undefined) {
    return judgeFolder(run, options)
  }
  if (run === undefined && csv !== undefined && script !== undefined) {
    return judgeFile({ csv, script }, options)
  }
  throw wrongUsage('Expected either a run, or both --csv and --script')
}

async function judgeFile(
  files: { csv: string; script: string },
  options: JudgeOptions,
): Promise<number> {
  const { sla, strict } = options
  const workload = workloadOf(options)
  const { path: k6 } = await readyK6()
  const evaluation = { k6, env: process.env, elsewhere: true }
  const judged = await judgeCsv({ ...files, sla, workload, evaluation })
  return completeRun(judged, { strict })
}

async function judgeFolder(run: string, options: JudgeOptions): Promise<number> {
  const { sla, keepRaw, strict } = options
  const workload = workloadOf(options)
  const folder = await findRun(run, process.env)
  const recorded = await readRecordedFolder(folder)
  await refuseGoingOn(recorded)
  const objectives = await recordedObjectives(recorded, { sla, workload })
  progress('  reading the samples')
  const { manifest, judged, errors } = await judgeRecorded(recorded, { objectives, keepRaw })
  await keepFirst(recorded)
  const recording: JudgedRecording = {
    kind: 'judged from a recording',
    judgedAt: new Date().toISOString(),
    ...(manifest.recording?.csv !== undefined && { csv: manifest.recording.csv }),
    ...(sla !== undefined && { sla }),
  }
  const of = { folder, manifest: { ...manifest, recording }, judged, errors }
  return completeRun(of, { strict })
}

function workloadOf({ workload: named }: JudgeOptions): WorkloadFolder | undefined {
  if (named === undefined) return undefined
  const workload = findWorkload(named)
  if (!workload) throw unknownWorkload(named, workloadFolders())
  return workload
}

// Another SLA file makes another verdict, and that of the run's own end may be somebody's proof.
async function keepFirst({ folder, verdict }: RecordedFolder): Promise<void> {
  if (!verdict || verdict.run.recording) return
  const first = join(folder.path, 'verdict.first.json')
  await rename(folder.verdict, first)
  say(`the verdict of the run's own end is kept: ${shownPath(first)}`)
}
