// Suite files for the tests of this folder.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProgram } from '../../../scripts/program.ts'
import { readSuite } from '../../../scripts/suite/read-suite.ts'
import type { OptionValue, Suite } from '../../../scripts/suite/suite-file.ts'

/** All commands of the command line. */
export const { commands } = createProgram(() => undefined)

/** Reads a text as a suite file. */
export async function readText(
  text: string,
  overrides: Record<string, OptionValue> = {},
  usual: Record<string, OptionValue> = {},
): Promise<Suite> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-suite-'))
  const file = join(folder, 'suite.yaml')
  await writeFile(file, text)
  try {
    const { suite } = await readSuite(file, 'suite.yaml', { commands, env: {}, overrides, usual })
    return suite
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A suite of one run, in YAML. */
export function oneRun(run: string, head = ''): string {
  return `name: one\n${head}phases:\n  - name: only\n    runs:\n      - ${run}\n`
}
