import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import * as tar from 'tar'
import { metadataOf } from './archive-script.ts'

/**
 * What a script's archive holds, wherever the script lay: its options and all files, by their paths from the script.
 *
 * @throws Error where there is no such archive
 */
export async function archiveHash(archive: string): Promise<string> {
  const { options, filename } = await metadataOf(archive)
  const base = posix.dirname(filename.replace(/^file:\/\//, ''))
  const reading: Promise<string[]>[] = []
  await tar.list({
    file: archive,
    onReadEntry: (entry) => {
      if (entry.type !== 'File' || entry.path === 'metadata.json') return
      const name = nameFrom(base, entry.path)
      reading.push(entry.concat().then((bytes) => [name, hashOf(bytes)]))
    },
  })
  const files = (await Promise.all(reading)).sort(([one = ''], [other = '']) => {
    return one < other ? -1 : 1
  })
  return hashOf(JSON.stringify([options, files]))
}

function nameFrom(base: string, path: string): string {
  const [, file] = /^file(\/.*)$/.exec(path) ?? []
  return file === undefined ? path : posix.relative(base, file)
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
