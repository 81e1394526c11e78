import { dirname } from 'node:path'
import { sinceLastRun } from '../../compare/since-last-run.ts'
import { type Manifest, writeManifest } from '../../run-folder/manifest.ts'
import type { RunFolder } from '../../run-folder/run-folder.ts'
import type { ExitOptions } from '../../verdict/exit-code.ts'
import type { JudgedRun } from '../../verdict/judge-run.ts'
import { verdictWord } from '../../verdict/verdict.ts'
import { type VerdictFile, verdictFile, writeVerdict } from '../../verdict/verdict-file.ts'
import { say } from '../../core/console.ts'
import { printVerdict } from '../../report/print-verdict.ts'

export interface CompleteInput {
  folder: RunFolder
  manifest: Manifest
  judged: JudgedRun
  errors: string[]
  /** What else the verdict file holds. */
  found?: Partial<VerdictFile>
}

/** Completes the folder of a judged run, prints its verdict, and returns the exit code. */
export async function completeRun(input: CompleteInput, options: ExitOptions): Promise<number> {
  const { folder, manifest, judged, errors, found } = input
  const judgedFile = verdictFile({ manifest, judged, errors })
  const sinceLast = await sinceLastRun(judgedFile, dirname(folder.path))
  const file = { ...judgedFile, ...(sinceLast && { sinceLast }), ...found }
  await kept(folder.verdict, () => writeVerdict(folder.verdict, file))
  const exitCode = await printVerdict(file, folder.path, options)
  const verdict = verdictWord(file)
  await kept(folder.manifest, () =>
    writeManifest(folder.manifest, { ...manifest, verdict, exitCode }),
  )
  return exitCode
}

// A full disk must not take away the verdict that is on the screen.
async function kept(path: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => say(`${path} could not be written: ${String(error)}`))
}
