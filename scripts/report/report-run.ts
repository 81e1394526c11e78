import { relative } from 'node:path'
import { describeExit } from '../k6/exit-codes.ts'
import type { ExecutedRun } from '../run/execute-run.ts'
import { writeManifest } from '../run/manifest.ts'
import type { PlannedRun } from '../run/plan-run.ts'
import type { RunFolder } from '../run/run-folder.ts'
import { endpointRows } from '../verdict/endpoint-table.ts'
import { exitCode as exitCodeOf } from '../verdict/exit-code.ts'
import { judge } from '../verdict/judge.ts'
import { loadDelivered } from '../verdict/load-delivered.ts'
import { readSummary } from '../verdict/read-summary.ts'
import { say } from './console.ts'
import { renderReport } from './terminal-report.ts'

export interface RunReport {
  folder: RunFolder
  planned: PlannedRun
  executed: ExecutedRun
  strict: boolean
}

/** k6 ended a run that was complete: its numbers are all there is to say. */
const WHOLE_RUN_CODES: readonly (number | undefined)[] = [0, 99, 105]

/** Judges an ended run, prints the report, completes run.json, and returns the exit code. */
export async function reportRun({ folder, planned, executed, strict }: RunReport): Promise<number> {
  const { exitCode: k6ExitCode, stoppedBy, manifest, errors } = executed
  if (!WHOLE_RUN_CODES.includes(k6ExitCode)) {
    const [reason = 'see k6.log'] = errors
    say(`\nINVALID  ${describeExit(k6ExitCode)}: ${firstLine(reason)}`)
  }
  const judged = await judgeFolder({ folder, planned, stoppedByUser: stoppedBy === 'user' })
  if (judged) {
    const { verdict, delivery, endpoints } = judged
    const title = `${manifest.scenario} on ${manifest.workload} (${folder.id})`
    const path = relative(process.cwd(), folder.path)
    say(renderReport({ title, verdict, endpoints, delivery, errors, folder: path }))
  }
  const verdict = judged?.verdict.verdict
  const exitCode = exitCodeOf({ verdict, k6ExitCode, strict })
  await writeManifest(folder.manifest, { ...manifest, verdict: verdict ?? 'INVALID', exitCode })
  return exitCode
}

interface JudgeInput extends Pick<RunReport, 'folder' | 'planned'> {
  stoppedByUser: boolean
}

// A k6 that never got to run leaves no summary; its exit code has been explained then.
async function judgeFolder({ folder, planned, stoppedByUser }: JudgeInput) {
  const { plan } = planned.evaluated
  const summary = await readSummary(folder.summary).catch((error: unknown) => {
    say(String(error))
    return undefined
  })
  if (!summary) return undefined
  const delivery = loadDelivered({ summary, plan, stoppedByUser })
  const verdict = judge(planned.objectives, summary, delivery)
  return { verdict, delivery, endpoints: endpointRows(summary, plan.endpoints) }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
