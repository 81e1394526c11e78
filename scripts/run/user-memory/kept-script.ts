import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { projectPath } from '../../project.ts'
import type { Script } from './spare-memory.ts'

/** Where a bundle stands, and beside it what it was made of. */
const keyPath = (path: string): string => `${path}.key`

/**
 * The script with less memory for each user, as `spareMemory()` makes it; that takes a tenth of a second, so the one
 * in `build/` is taken where the same was made of the same before.
 *
 * @returns also what to keep beside it, and where; nothing where the kept script is the one
 */
export async function sparedScript(
  path: string,
  raw: Script,
): Promise<Script & { key?: { path: string; text: string } }> {
  const made = await hashOfSources(raw)
  const [script, sourceMap, text] = await Promise.all(
    [path, `${path}.map`, keyPath(path)].map((file) => readFile(file, 'utf8').catch(() => '')),
  )
  const kept = { script: script ?? '', sourceMap: sourceMap ?? '' }
  if (text === keyText(made, kept)) return kept
  const { spareMemory } = await import('./spare-memory.ts')
  const spared = spareMemory(raw)
  return { ...spared, key: { path: keyPath(path), text: keyText(made, spared) } }
}

// What it is made of and what came out: a file that somebody changed is made anew.
function keyText(made: string, { script, sourceMap }: Script): string {
  return `${made} ${hash(script)} ${hash(sourceMap)}\n`
}

async function hashOfSources({ script, sourceMap }: Script): Promise<string> {
  const folder = projectPath('scripts', 'run', 'user-memory')
  const names = (await readdir(folder)).filter((name) => !name.includes('.test.')).sort()
  const files = [...names.map((name) => `${folder}/${name}`), projectPath('package.json')]
  const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return hash([script, sourceMap, ...sources].join('\0'))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
