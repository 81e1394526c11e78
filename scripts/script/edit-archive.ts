import { readFile, writeFile } from 'node:fs/promises'
import { Header } from 'tar'
import type { ScriptMetadata } from './archive-script.ts'

/** Of a tar file. */
const BLOCK = 512

/**
 * Puts other metadata into an archive of k6's, which has it as its first member: k6 takes the options of an archive
 * from there, and does not ask the script again. All other bytes stay what they are.
 */
export async function editArchive(
  path: string,
  edit: (metadata: ScriptMetadata) => ScriptMetadata,
): Promise<ScriptMetadata> {
  const bytes = await readFile(path)
  const header = new Header(bytes)
  const { path: name, size = 0 } = header
  if (name !== 'metadata.json')
    throw new Error(`Expected metadata.json first in ${path}, got ${name}`)
  const edited = edit(JSON.parse(bytes.toString('utf8', BLOCK, BLOCK + size)) as ScriptMetadata)
  const content = Buffer.from(JSON.stringify(edited))
  header.size = content.length
  const first = Buffer.alloc(BLOCK + padded(content.length))
  header.encode(first)
  content.copy(first, BLOCK)
  await writeFile(path, Buffer.concat([first, bytes.subarray(BLOCK + padded(size))]))
  return edited
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK
}
