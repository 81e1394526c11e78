import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DASHBOARD_FILE } from '../run-folder/run-folder.ts'
import { exitCode, type ExitOptions } from '../verdict/exit-code.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { say, shownPath } from '../core/console.ts'
import { deliver, warn } from './deliver.ts'
import { redraw } from './redraw.ts'
import { renderReport } from './terminal-report.ts'

/** Draws the reports of a verdict into its folder, prints and delivers it, and gives the exit code. */
export async function printVerdict(
  file: VerdictFile,
  folder: string,
  { strict = false }: ExitOptions,
): Promise<number> {
  const { faults } = await redraw(folder, file, { strict })
  for (const fault of faults) warn(fault)
  say(renderReport({ file, folder: shownPath(folder) }))
  const dashboard = join(folder, DASHBOARD_FILE)
  if (existsSync(dashboard)) say(`Web dashboard   ${shownPath(dashboard)}`)
  await deliver(folder, file, process.env)
  return exitCode(file, { strict })
}
