// A copy of the project in which a test may change anything.
import { cp, mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../scripts/core/project.ts'

const COPIED = [
  ...['lib', 'plans', 'scenarios', 'scripts', 'suites', 'thresholds', 'tools', 'workloads'],
  'package.json',
]
const CONFIG = [
  'esbuild.config.mjs',
  'esbuild.config.d.mts',
  'esbuild.files.mjs',
  'esbuild.late.mjs',
  'tsconfig.json',
]

/**
 * Copies what the command line needs, and the packages as a link.
 *
 * @returns its folder, which the caller removes
 */
export async function copyProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-project-'))
  for (const name of [...COPIED, ...CONFIG]) {
    await cp(projectPath(name), join(folder, name), { recursive: true })
  }
  await symlink(projectPath('node_modules'), join(folder, 'node_modules'))
  return folder
}
