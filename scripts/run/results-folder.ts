import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { resultsUnwritable } from './errors.ts'
import { existingAncestor } from './existing-ancestor.ts'

/**
 * Makes sure that the folder of a run can be made and written to, by doing so beside it.
 *
 * @throws ToolkitError `K6V_RESULTS_UNWRITABLE`, before anything has been sent
 */
export async function requireResultsFolder(runFolder: string): Promise<void> {
  const results = dirname(runFolder)
  try {
    await makeFolder(results)
    const trial = await mkdtemp(join(results, '.trial-'))
    try {
      await writeFile(join(trial, 'written'), 'x')
    } finally {
      await rm(trial, { recursive: true, force: true })
    }
  } catch (error) {
    throw resultsUnwritable(results, error as Error)
  }
}

// One after the other: Node's own `recursive` never returns where /proc refuses a folder.
async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path)
  if ((await existingAncestor(folder)) === folder) return
  await makeFolder(dirname(folder))
  await mkdir(folder)
}
