import { checkUp } from '../doctor/check-up.ts'
import { renderFindings } from '../doctor/render-findings.ts'
import { resultsFolder } from '../run-folder/run-folder.ts'

/** Prints what this machine has; 1 when something that a run needs is missing. */
export async function doctor(): Promise<number> {
  const findings = await checkUp({ env: process.env, resultsFolder: resultsFolder(process.env) })
  process.stdout.write(`${renderFindings(findings)}\n`)
  return findings.some(({ ok }) => ok === false) ? 1 : 0
}
