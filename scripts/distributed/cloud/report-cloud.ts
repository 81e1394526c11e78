import { relative } from 'node:path'
import { deliver, warn } from '../../report/deliver.ts'
import { say } from '../../report/console.ts'
import { redraw } from '../../report/redraw.ts'
import { renderReport } from '../../report/terminal-report.ts'
import { writeManifest } from '../../run/manifest.ts'
import type { PlannedRun } from '../../run/plan-run.ts'
import type { RunFolder } from '../../run/run-folder.ts'
import { exitCode as exitCodeOf } from '../../verdict/exit-code.ts'
import { verdictFile, writeVerdict } from '../../verdict/verdict-file.ts'
import type { ExecutedInCloud } from './execute-in-cloud.ts'
import { judgeCloud } from './judge-cloud.ts'

export interface CloudReport {
  folder: RunFolder
  planned: PlannedRun
  executed: ExecutedInCloud
  strict: boolean
}

/** Judges an ended run of the cloud, prints the report, completes its folder, and returns the exit code. */
export async function reportCloud(report: CloudReport): Promise<number> {
  const { folder, planned, executed, strict } = report
  const { manifest, outcome, errors } = executed
  const { plan } = planned.evaluated
  const judged = judgeCloud({ ...executed, plan, objectives: planned.objectives })
  const file = verdictFile({ manifest, judged, errors })
  await writeVerdict(folder.verdict, file)
  const { faults } = await redraw(folder.path, file, { strict })
  for (const fault of faults) warn(fault)
  say(renderReport({ file, folder: relative(process.cwd(), folder.path) || '.' }))
  await deliver(folder.path, file, process.env)
  const { verdict } = judged
  const exitCode = exitCodeOf({ verdict, k6ExitCode: outcome.exitCode, strict })
  await writeManifest(folder.manifest, { ...manifest, verdict, exitCode })
  return exitCode
}
