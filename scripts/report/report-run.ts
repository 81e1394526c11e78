import { dirname, relative } from 'node:path'
import { sinceLastRun } from '../compare/since-last-run.ts'
import { describeExit } from '../k6/exit-codes.ts'
import type { ExecutedRun } from '../run/execute-run.ts'
import { writeManifest } from '../run/manifest.ts'
import type { PlannedRun } from '../run/plan-run.ts'
import type { RunFolder } from '../run/run-folder.ts'
import { exitCode as exitCodeOf } from '../verdict/exit-code.ts'
import { judgeFolder } from '../verdict/judge-folder.ts'
import { verdictFile, writeVerdict } from '../verdict/verdict-file.ts'
import { progress, say } from './console.ts'
import { deliver, warn } from './deliver.ts'
import { redraw } from './redraw.ts'
import { renderReport } from './terminal-report.ts'

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
  if (!isWholeRun(outcome.exitCode)) {
    const [reason = 'see k6.log'] = errors
    say(`\nINVALID  ${describeExit(outcome.exitCode)}: ${firstLine(reason)}`)
  }
  progress('  reading the samples')
  const judged = await judgeFolder(report)
  const verdict = judged?.verdict ?? 'INVALID'
  if (judged) {
    const judgedFile = verdictFile({ manifest, judged, errors })
    const sinceLast = await sinceLastRun(judgedFile, dirname(folder.path))
    const file = { ...judgedFile, ...(sinceLast && { sinceLast }) }
    await kept(folder.verdict, () => writeVerdict(folder.verdict, file))
    const { faults } = await redraw(folder.path, file, { strict })
    for (const fault of faults) warn(fault)
    say(renderReport({ file, folder: relative(process.cwd(), folder.path) || '.' }))
    await deliver(folder.path, file, process.env)
  }
  const exitCode = exitCodeOf({
    verdict: judged?.verdict,
    k6ExitCode: outcome.exitCode,
    isStoppedEarly,
    strict,
  })
  await kept(folder.manifest, () =>
    writeManifest(folder.manifest, { ...manifest, verdict, exitCode }),
  )
  return exitCode
}

// A full disk must not take away the verdict that is on the screen.
async function kept(path: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => say(`${path} could not be written: ${String(error)}`))
}

/** k6 ended a run that was complete, or that somebody ended: its numbers are all there is to say. */
function isWholeRun(exitCode: number | undefined): boolean {
  return exitCode === 0 || exitCode === 99 || exitCode === 105
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
