// The project's own TypeScript, and who imports whom.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { PROJECT_FOLDER } from '../scripts/core/project.ts'

export interface Import {
  specifier: string
  typeOnly: boolean
}

/** Paths from the project's folder. */
export const SOURCES = ['scenarios', 'workloads', 'lib', 'scripts', 'grafana', 'sandbox', 'tests']
  .flatMap((folder) => filesOf(folder))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))

/** All files of a folder, by their paths from the project's folder. */
export function filesOf(folder: string): string[] {
  return readdirSync(join(PROJECT_FOLDER, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(PROJECT_FOLDER, join(entry.parentPath, entry.name)))
}

export function read(file: string): string {
  return readFileSync(join(PROJECT_FOLDER, file), 'utf8')
}

export function importsOf(file: string): Import[] {
  const statements = read(file).matchAll(/^(?:import|export)\s[^;'"]*?from '([^']+)'/gm)
  const dynamic = read(file).matchAll(/\bimport\('([^']+)'\)/g)
  return [
    ...[...statements].map(([statement, specifier = '']) => ({
      specifier,
      typeOnly: /^(?:import|export) type /.test(statement),
    })),
    ...[...dynamic].map(([, specifier = '']) => ({ specifier, typeOnly: false })),
  ]
}

/** The imported file, from the project's folder; the specifier itself where it is a package. */
export function targetOf(file: string, { specifier }: Import): string {
  if (!specifier.startsWith('.')) return specifier
  return relative(PROJECT_FOLDER, resolve(PROJECT_FOLDER, dirname(file), specifier))
}

export function inside(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`)
}
