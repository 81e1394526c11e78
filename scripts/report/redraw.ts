import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../core/write-whole.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { renderHtml } from './html/render-html.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'

export interface ReportOptions {
  /** A close PASS fails in junit.xml. */
  strict: boolean
}

/** Every report that is a function of the verdict alone, by its file name. */
const REPORTS: Record<string, (file: VerdictFile, options: ReportOptions) => string> = {
  'report.html': (file) => renderHtml(file),
  'junit.xml': (file, { strict }) => junit(file, { strict }),
  'report.md': (file) => markdown(file),
}

export interface Redrawn {
  written: string[]
  /** One sentence for each report that could not be written. */
  faults: string[]
}

/** Writes all reports into a run's folder. One that fails is said, and takes away no other. */
export async function redraw(
  folder: string,
  file: VerdictFile,
  options: ReportOptions,
): Promise<Redrawn> {
  const redrawn: Redrawn = { written: [], faults: [] }
  for (const [name, render] of Object.entries(REPORTS)) {
    const path = join(folder, name)
    try {
      await writeWhole(path, render(file, options))
      redrawn.written.push(name)
    } catch (error) {
      redrawn.faults.push(`${path} could not be written: ${firstLine(error)}`)
    }
  }
  return redrawn
}

/**
 * Appends the run to the summary of a GitHub Actions step, where there is one.
 *
 * @returns why it could not, or undefined
 */
export async function appendStepSummary(
  file: VerdictFile,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const path = env['GITHUB_STEP_SUMMARY']
  if (!path) return undefined
  try {
    await appendFile(path, `${markdown(file)}\n`)
    return undefined
  } catch (error) {
    return `GITHUB_STEP_SUMMARY could not be written: ${firstLine(error)}`
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? text
}
