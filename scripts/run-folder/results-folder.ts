import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { resultsUnwritable } from '../plan/errors.ts'
import { existingAncestor } from '../plan/disk-space.ts'

/**
 * Makes sure that the folder of a run can be made: what it is to lie in is a folder, and may be written to.
 *
 * @throws ToolkitError `K6V_RESULTS_UNWRITABLE`, before anything has been sent
 */
export async function requireResultsFolder(runFolder: string): Promise<void> {
  const results = dirname(runFolder)
  try {
    await makeFolder(results)
    // With the dot a file in its place is an error, too.
    await access(`${results}/.`, constants.W_OK | constants.X_OK)
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
