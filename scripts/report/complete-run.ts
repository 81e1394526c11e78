import { dirname, relative } from 'node:path'
import { sinceLastRun } from '../compare/since-last-run.ts'
import { type Manifest, writeManifest } from '../run/manifest.ts'
import type { RunFolder } from '../run/run-folder.ts'
import { type RunEnd, exitCode as exitCodeOf } from '../verdict/exit-code.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import { type VerdictFile, verdictFile, writeVerdict } from '../verdict/verdict-file.ts'
import { say } from './console.ts'
import { deliver, warn } from './deliver.ts'
import { redraw } from './redraw.ts'
import { renderReport } from './terminal-report.ts'

export interface CompleteInput {
  folder: RunFolder
  manifest: Manifest
  /** Undefined when there was nothing to judge. */
  judged: JudgedRun | undefined
  errors: string[]
  /** What else the verdict file holds. */
  found?: Partial<VerdictFile>
  end: Omit<RunEnd, 'verdict'>
}

/** Prints the report of a judged run, completes its folder, and returns the exit code. */
export async function completeRun(input: CompleteInput): Promise<number> {
  const { folder, manifest, judged, errors, found, end } = input
  const { strict = false } = end
  const verdict = judged?.verdict ?? 'INVALID'
  if (judged) {
    const judgedFile = verdictFile({ manifest, judged, errors })
    const sinceLast = await sinceLastRun(judgedFile, dirname(folder.path))
    const file = { ...judgedFile, ...(sinceLast && { sinceLast }), ...found }
    await kept(folder.verdict, () => writeVerdict(folder.verdict, file))
    const { faults } = await redraw(folder.path, file, { strict })
    for (const fault of faults) warn(fault)
    say(renderReport({ file, folder: relative(process.cwd(), folder.path) || '.' }))
    await deliver(folder.path, file, process.env)
  }
  const exitCode = exitCodeOf({ ...end, verdict: judged?.verdict })
  await kept(folder.manifest, () =>
    writeManifest(folder.manifest, { ...manifest, verdict, exitCode }),
  )
  return exitCode
}

// A full disk must not take away the verdict that is on the screen.
async function kept(path: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => say(`${path} could not be written: ${String(error)}`))
}
