import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const FOLDER = 'grafana/generated'

export interface StaleFile {
  /** From the project's folder. */
  path: string
  fault: 'missing' | 'changed' | 'without a source'
}

/**
 * Where grafana/generated differs from what it should hold.
 *
 * @param root the project's folder
 * @param files the right text by path from there
 */
export function staleFiles(root: string, files: Record<string, string>): StaleFile[] {
  const wrong = Object.entries(files).flatMap(([path, text]): StaleFile[] => {
    if (!existsSync(join(root, path))) return [{ path, fault: 'missing' }]
    return readFileSync(join(root, path), 'utf8') === text ? [] : [{ path, fault: 'changed' }]
  })
  const left = existing(root)
    .filter((path) => !(path in files))
    .map((path): StaleFile => ({ path, fault: 'without a source' }))
  return [...wrong, ...left]
}

function existing(root: string): string[] {
  const folder = join(root, FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}
