import { describeExit } from '../k6/exit-codes.ts'
import type { PrometheusPushes } from '../prometheus/lost-pushes.ts'
import type { ExecutedRun } from '../run/execute-run.ts'
import type { PlannedRun } from '../run/plan-run.ts'
import type { RunFolder } from '../run/run-folder.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import { judgeFolder } from '../verdict/judge-folder.ts'
import { completeRun } from './complete-run.ts'
import { progress, say } from './console.ts'

export interface RunReport {
  folder: RunFolder
  planned: PlannedRun
  executed: ExecutedRun
  strict: boolean
  keepRaw: boolean
}

/** Judges an ended run, prints the report, completes its folder, and returns the exit code. */
export async function reportRun(report: RunReport): Promise<number> {
  const { folder, executed, strict } = report
  const { outcome, manifest, errors } = executed
  const isStoppedEarly = outcome.stoppedBy === 'objective'
  const [instanceFault] = executed.instanceFaults
  if (instanceFault !== undefined) say(`\nINVALID  ${firstLine(instanceFault)}`)
  else if (!isWholeRun(outcome.exitCode)) {
    const [reason = 'see k6.log'] = errors
    say(`\nINVALID  ${describeExit(outcome.exitCode)}: ${firstLine(reason)}`)
  }
  progress('  reading the samples')
  const judged = await judgeFolder(report)
  const prometheus = await pushed(report, judged)
  return completeRun({
    ...{ folder, manifest, judged, errors },
    ...(prometheus && { found: { prometheus } }),
    end: { k6ExitCode: outcome.exitCode, isStoppedEarly, strict },
  })
}

// Its code is loaded only for a run that streams.
async function pushed(
  { planned, executed }: RunReport,
  judged: JudgedRun | undefined,
): Promise<PrometheusPushes | undefined> {
  if (!executed.streamed) return undefined
  progress('  pushing the verdict')
  const { finishStream } = await import('../prometheus/finish-stream.ts')
  return finishStream({ executed, planned, judged })
}

/** k6 ended a run that was complete, or that somebody ended: its numbers are all there is to say. */
function isWholeRun(exitCode: number | undefined): boolean {
  return exitCode === 0 || exitCode === 99 || exitCode === 105
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
