import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { printableAll } from '../core/printable.ts'
import { writeWhole } from '../core/write-whole.ts'
import { say } from '../core/console.ts'
import { warn } from '../report/deliver.ts'
import { suiteJunit } from './suite-junit.ts'
import { suiteMarkdown } from './suite-markdown.ts'
import { renderSuitePage } from './suite-page.ts'
import type { SuiteState } from './suite-state.ts'
import { renderSuite } from './suite-terminal.ts'

type Render = (state: SuiteState, folder: string) => string | Promise<string>

const REPORTS: Record<string, Render> = {
  'report.html': renderSuitePage,
  'report.md': suiteMarkdown,
  'junit.xml': suiteJunit,
}

/** Writes the reports of a suite that has ended, prints it, and gives its exit code. One that cannot be written does not stop the others. */
export async function reportSuite(ended: SuiteState, folder: string): Promise<number> {
  const state = printableAll(ended)
  for (const [name, render] of Object.entries(REPORTS)) {
    await orWarn(name, async () => writeWhole(join(folder, name), await render(state, folder)))
  }
  const summary = process.env['GITHUB_STEP_SUMMARY']
  if (summary) await orWarn('GITHUB_STEP_SUMMARY', () => appendFile(summary, suiteMarkdown(state)))
  say(renderSuite(state, folder))
  return state.result?.exitCode ?? 1
}

async function orWarn(name: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => {
    warn(`${name} could not be written: ${error instanceof Error ? error.message : String(error)}`)
  })
}
