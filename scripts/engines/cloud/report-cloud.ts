import { printVerdict } from '../../report/print-verdict.ts'
import { writeManifest } from '../../run-folder/manifest.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import type { RunFolder } from '../../run-folder/run-folder.ts'
import { verdictWord } from '../../verdict/verdict.ts'
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
  const { manifest, errors } = executed
  const { plan } = planned.evaluated
  const judged = judgeCloud({ ...executed, plan, objectives: planned.objectives })
  const file = verdictFile({ manifest, judged, errors })
  await writeVerdict(folder.verdict, file)
  const exitCode = await printVerdict(file, folder.path, { strict })
  await writeManifest(folder.manifest, { ...manifest, verdict: verdictWord(judged), exitCode })
  return exitCode
}
