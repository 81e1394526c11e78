import type { PrometheusPushes } from '../../verdict/verdict-file.ts'
import type { ExecutedRun } from './executed-run.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import type { RunFolder } from '../../run-folder/run-folder.ts'
import type { Reason } from '../../reasons/reasons.ts'
import type { KeptTable } from '../../verdict/recorded-run.ts'
import type { JudgedRun } from '../../verdict/judge-run.ts'
import { judgeFolder } from './judge-folder.ts'
import { completeRun } from './complete-run.ts'
import { progress } from '../../core/console.ts'

export interface RunReport {
  folder: RunFolder
  planned: PlannedRun
  executed: ExecutedRun
  strict: boolean
  keepRaw: boolean
  /** Where the sample file has been made already. */
  kept?: KeptTable
  /** No summary of k6 is expected. */
  isSamplesOnly?: boolean
  /** What nothing shows of the run, and a clear PASS would need. */
  doubts?: readonly Reason[]
}

/** What a run has come to. */
export interface ReportedRun {
  exitCode: number
  judged: JudgedRun
}

/** Judges an ended run, prints the report and completes its folder. */
export async function reportRun(report: RunReport): Promise<ReportedRun> {
  const { folder, executed, strict } = report
  const { manifest, errors } = executed
  progress('  reading the samples')
  const judged = await judgeFolder(report)
  const prometheus = await pushed(report, judged)
  const found = prometheus && { prometheus }
  const input = { folder, manifest, judged, errors, ...(found && { found }) }
  return { exitCode: await completeRun(input, { strict }), judged }
}

// Its code is loaded only for a run that streams.
async function pushed(
  { planned, executed }: RunReport,
  judged: JudgedRun,
): Promise<PrometheusPushes | undefined> {
  if (!executed.streamed) return undefined
  progress('  pushing the verdict')
  const { finishStream } = await import('./finish-stream.ts')
  return finishStream({ executed, planned, judged })
}
