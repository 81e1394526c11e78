import { rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes a file in one step: whoever reads it sees the old one or the whole new one, also where the disk is full or
 * the process is killed.
 *
 * @throws the system's error; then nothing is left of the new one
 */
export async function writeWhole(path: string, text: string | Buffer): Promise<void> {
  const partial = `${path}.partial`
  try {
    // What is there may be a link of somebody else's, and lead anywhere.
    await rm(partial, { force: true })
    await writeFile(partial, text, { flag: 'wx', flush: true })
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw error
  }
}

/** The same for data, as JSON that people may read. */
export function writeJson(path: string, data: unknown): Promise<void> {
  return writeWhole(path, `${JSON.stringify(data, null, 2)}\n`)
}
