import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/core/project.ts'

/** The last commit before the sandbox was made cheaper. */
export const REFERENCE_COMMIT = '78fd7f6'

/** Gives the project as of that commit in a temporary folder, with the packages of today. */
export async function withReference<Result>(
  use: (project: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  try {
    const project = join(folder, 'project')
    const archive = join(folder, 'project.tar')
    await mkdir(project)
    await execa('git', ['archive', '-o', archive, REFERENCE_COMMIT], { cwd: projectPath() })
    await execa('tar', ['-xf', archive, '-C', project])
    await symlink(projectPath('node_modules'), join(project, 'node_modules'))
    await installKysely(folder, project)
    return await use(project)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Only that commit needs it; a folder above the project, where Node looks next. */
async function installKysely(folder: string, project: string): Promise<void> {
  const text = await readFile(join(project, 'package.json'), 'utf8')
  const { dependencies } = JSON.parse(text) as { dependencies: { kysely: string } }
  const name = `kysely@${dependencies.kysely}`
  await execa('npm', ['install', '--no-save', '--no-audit', '--prefix', folder, name])
}
