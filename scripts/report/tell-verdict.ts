import { worstExit } from '../k6/worst-exit.ts'
import type { Manifest } from '../run/manifest.ts'
import { exitCode } from '../verdict/exit-code.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { say } from './console.ts'
import { deliver, warn } from './deliver.ts'
import { redraw } from './redraw.ts'
import { shownPath } from './shown-path.ts'
import { renderReport } from './terminal-report.ts'

export interface ToldVerdict {
  file: VerdictFile
  /** Where verdict.json is. */
  folder: string
  manifest: Manifest
}

/** Draws the reports of a written verdict, prints it and gives the exit code. */
export async function tellVerdict(
  { file, folder, manifest }: ToldVerdict,
  { strict }: { strict: boolean },
): Promise<number> {
  const { faults } = await redraw(folder, file, { strict })
  for (const fault of faults) warn(fault)
  say(renderReport({ file, folder: shownPath(folder) }))
  await deliver(folder, file, process.env)
  return exitCode({ verdict: file.verdict, k6ExitCode: worstExit(manifest.instances), strict })
}
