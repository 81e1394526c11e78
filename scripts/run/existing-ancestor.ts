import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** The folder itself, or the nearest one above it that exists: there it would be created. */
export async function existingAncestor(folder: string): Promise<string> {
  const path = resolve(folder)
  const exists = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  return exists || dirname(path) === path ? path : existingAncestor(dirname(path))
}
