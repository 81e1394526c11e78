import { readdir } from 'node:fs/promises'
import { readVerdict } from '../verdict/read-verdict.ts'
import { resultsFolder, runFolder } from '../run-folder/run-folder.ts'
import { nothingMeasured } from '../script/errors.ts'
import { namesOf } from '../script/plan-script.ts'
import { suggestedSla } from '../script/suggest-sla.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'

/**
 * Prints an SLA file from what the latest run of a script has measured, and nothing else.
 *
 * @throws ToolkitError `K6V_NOTHING_MEASURED`
 */
export async function suggestSla(script: string): Promise<number> {
  const file = await latestOf(script)
  if (!file) throw nothingMeasured(script)
  const sla = suggestedSla(file)
  if (sla.objectives.length === 0) throw nothingMeasured(script)
  process.stderr.write(
    `from ${file.run.id}, with room: its limits are what you promise, so read them\n`,
  )
  process.stdout.write(`${JSON.stringify(sla, null, 2)}\n`)
  return 0
}

async function latestOf(script: string): Promise<VerdictFile | undefined> {
  const { scenario, workload } = namesOf(script)
  const ids = await readdir(resultsFolder(process.env)).catch(() => [])
  const own = ids.filter((id) => id.slice(16, -5) === scenario).sort()
  for (const id of own.reverse()) {
    const file = await readVerdict(runFolder(id, process.env).verdict).catch(() => undefined)
    if (file?.run.script && file.run.workload === workload && file.endpoints.length > 0) return file
  }
  return undefined
}
