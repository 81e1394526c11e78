import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unzipSync } from 'fflate'
import * as tar from 'tar'
import { k6ArchiveBroken } from './errors.ts'
import type { Release } from './k6-version.ts'

/**
 * Takes the one binary out of an archive that has been verified, and nothing else: it is written
 * under a name of ours, so no path inside the archive can lead anywhere.
 *
 * @returns the path of the binary, executable
 */
export async function unpackBinary(
  archivePath: string,
  release: Release,
  folder: string,
): Promise<string> {
  const binary = join(folder, basename(release.member))
  let content: Uint8Array | undefined
  try {
    const read = release.kind === 'zip' ? readFromZip : readFromTar
    content = await read(archivePath, release.member)
    if (!content?.length) throw new Error(`no file ${release.member} in it`)
  } catch (error) {
    throw k6ArchiveBroken(release.archive, error)
  }
  await writeFile(binary, content, { mode: 0o755 })
  return binary
}

async function readFromTar(file: string, member: string): Promise<Uint8Array | undefined> {
  let content: Uint8Array | undefined
  const reading: Promise<void>[] = []
  await tar.list({
    file,
    strict: true,
    onReadEntry: (entry) => {
      if (entry.path !== member || entry.type !== 'File') return
      reading.push(entry.concat().then((bytes) => void (content = bytes)))
    },
  })
  await Promise.all(reading)
  return content
}

async function readFromZip(file: string, member: string): Promise<Uint8Array | undefined> {
  return unzipSync(await readFile(file), { filter: ({ name }) => name === member })[member]
}
