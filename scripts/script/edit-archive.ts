import { readFile, writeFile } from 'node:fs/promises'
import type { ScriptMetadata } from './archive-script.ts'

/** Of a tar file (POSIX 1003.1, ustar). */
const BLOCK = 512
const SIZE = { at: 124, length: 12 }
const CHECKSUM = { at: 148, length: 8 }

/**
 * Puts other metadata into an archive of k6's, which has it as its first member: k6 takes the options of an archive
 * from there, and does not ask the script again.
 */
export async function editArchive(
  path: string,
  edit: (metadata: ScriptMetadata) => ScriptMetadata,
): Promise<ScriptMetadata> {
  const bytes = await readFile(path)
  const header = Buffer.from(bytes.subarray(0, BLOCK))
  const name = header.subarray(0, 100).toString().replace(/\0.*$/s, '')
  if (name !== 'metadata.json')
    throw new Error(`Expected metadata.json first in ${path}, got ${name}`)
  const size = parseInt(header.subarray(SIZE.at, SIZE.at + SIZE.length).toString(), 8)
  const metadata = JSON.parse(bytes.subarray(BLOCK, BLOCK + size).toString()) as ScriptMetadata
  const edited = edit(metadata)
  const content = Buffer.from(JSON.stringify(edited))
  header.write(`${octal(content.length, SIZE.length - 1)}\0`, SIZE.at)
  header.write(' '.repeat(CHECKSUM.length), CHECKSUM.at)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${octal(sum, 6)}\0 `, CHECKSUM.at)
  const rest = bytes.subarray(BLOCK + padded(size))
  const filled = Buffer.alloc(padded(content.length))
  content.copy(filled)
  await writeFile(path, Buffer.concat([header, filled, rest]))
  return edited
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}
