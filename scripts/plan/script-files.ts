import { constants, existsSync, readFileSync, statSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NamedFile } from '../../lib/files/named-files.ts'
import { PROJECT_FOLDER } from '../core/project.ts'
import type { WorkloadFolder } from './scenario-files.ts'

/** Files that a script opens: they go wherever it goes. */
export interface ScriptFiles {
  /** What of their paths is left out. */
  root: string
  paths: string[]
}

/** Beside the script, what `root` is to the files. */
const FILES_FOLDER = 'files'

/** What of the files that a script has named is there, with what .proto files import; undefined where it is none. */
export function scriptFiles(
  named: readonly NamedFile[],
  workload: WorkloadFolder,
): ScriptFiles | undefined {
  const found = named.flatMap(({ path, importPaths }) => {
    const folders = (importPaths ?? []).map(pathOf)
    return importPaths ? withImports(pathOf(path), folders) : [pathOf(path)]
  })
  const paths = [...new Set(found)].filter(isFile)
  if (paths.length === 0) return undefined
  return { root: commonFolder([PROJECT_FOLDER, workload.path, ...paths.map(dirname)]), paths }
}

/** Puts the files beside a script in a folder. */
export async function copyFiles(files: ScriptFiles | undefined, folder: string): Promise<void> {
  for (const path of files?.paths ?? []) {
    const to = join(folder, FILES_FOLDER, relative(files?.root ?? '', path))
    await mkdir(dirname(to), { recursive: true })
    // Where the file system can, without taking room for it twice.
    await copyFile(path, to, constants.COPYFILE_FICLONE)
  }
}

function pathOf(path: string): string {
  return path.startsWith('file:') ? fileURLToPath(path) : path
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

const IMPORT = /^\s*import\s+(?:(?:public|weak)\s+)?"([^"]+)"/gm

/** A .proto file and all that it imports; what is in none of the folders, k6 has itself. */
function withImports(path: string, folders: readonly string[], seen = new Set<string>()): string[] {
  if (seen.has(path) || !isFile(path)) return [...seen]
  seen.add(path)
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
    for (const folder of folders) withImports(join(folder, name), folders, seen)
  }
  return [...seen]
}

/** The deepest folder that all of these are in, with a separator at its end. */
export function commonFolder(folders: readonly string[], separator: string = sep): string {
  const [first = [], ...others] = folders.map((folder) => folder.split(separator))
  const end = first.findIndex((part, at) => others.some((parts) => parts[at] !== part))
  const shared = end === -1 ? first : first.slice(0, end)
  return [...shared.filter((part, at) => part !== '' || at === 0), ''].join(separator)
}
