import { dirname, join, relative, resolve } from 'node:path'
import { writeWhole } from '../core/write-whole.ts'
import { pageUnwritable } from '../history/errors.ts'
import type { HistoryOptions } from '../history/history-options.ts'
import { renderHistory } from '../history/history-report.ts'
import { type History, readHistory, skippedLine } from '../history/read-history.ts'
import { resultsFolder } from '../run-folder/run-folder.ts'
import { scenarioFiles } from '../plan/scenario-files.ts'
import { unknownScenario } from '../plan/unknown-scenario.ts'

/** Prints the runs of the results folder and their trends, or writes them as a page. */
export async function history(
  scenario: string | undefined,
  { workload, last, html }: HistoryOptions,
): Promise<void> {
  const results = resultsFolder(process.env)
  const all = await readHistory(results, { scenario, workload })
  if (all.runs.length === 0) requireKnown(scenario)
  if (html !== undefined) {
    return writePage(all, results, html === true ? join(results, 'index.html') : resolve(html))
  }
  if (all.runs.length === 0) {
    const lines = [noRuns(results, scenario), skippedLine(all)].filter((line) => line !== undefined)
    process.stdout.write(`${lines.join('\n')}\n`)
    return
  }
  process.stdout.write(`${renderHistory({ ...all, runs: all.runs.slice(-last) })}\n`)
}

// A scenario that was removed may still have runs; a name that is neither is a slip.
function requireKnown(scenario: string | undefined): void {
  const known = scenarioFiles()
  if (scenario === undefined || known.some(({ name }) => name === scenario)) return
  throw unknownScenario(scenario, known)
}

function noRuns(results: string, scenario = 'smoke'): string {
  const place = relative(process.cwd(), results) || '.'
  return `no judged runs of it in ${place}: "npm run k6 -- ${scenario}" makes one`
}

async function writePage(all: History, results: string, file: string): Promise<void> {
  const { renderHistoryPage } = await import('../history/history-page.ts')
  const page = renderHistoryPage(all, {
    generatedAtMs: Date.now(),
    resultsPath: relative(dirname(file), resolve(results)),
  })
  await writeWhole(file, page).catch((cause: unknown) => {
    throw pageUnwritable(file, cause)
  })
  const skipped = skippedLine(all)
  process.stdout.write(`${file}\n${skipped === undefined ? '' : `${skipped}\n`}`)
}
