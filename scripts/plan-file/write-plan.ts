import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, extname, relative, resolve } from 'node:path'
import { stringify } from 'yaml'
import type { Plan, PlanLogIn } from '../../lib/plan-file/plan-file.ts'
import { projectPath } from '../core/project.ts'
import { notAPlan, planFileThere, planUnwritable } from './errors.ts'
import { planCode } from './plan-code.ts'

/**
 * Writes a plan in the form that the name of the file says. Comments are no data: they are not kept.
 *
 * @param path absolute
 * @throws ToolkitError when the file is there already, or cannot be written
 */
export async function writePlan(plan: Plan, path: string): Promise<void> {
  await writeNew(path, planText(plan, path))
}

/** Writes a file that is not there yet. */
export async function writeNew(path: string, text: string): Promise<void> {
  if (existsSync(path)) throw planFileThere(path)
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    throw planUnwritable(path, error)
  }
}

/** A plan as text, in the form that the name of its file says. */
export function planText(plan: Plan, path: string): string {
  const schema = fromFolder(dirname(path), projectPath('plans', 'plan.schema.json'))
  switch (extname(path)) {
    case '.yaml':
    case '.yml':
      return `${schemaComment(schema)}${stringify(plan, { lineWidth: 100, aliasDuplicateObjects: false })}`
    case '.json':
      return `${JSON.stringify({ $schema: schema, ...plan }, null, 2)}\n`
    case '.ts':
      return planCode(plan, fromFolder(dirname(path), projectPath('lib', 'plan-builder.ts')))
    default:
      throw notAPlan(path)
  }
}

/** First line of a plan in YAML: editors complete its fields by it. */
export function schemaComment(schema: string): string {
  return `# yaml-language-server: $schema=${schema}\n`
}

/** How a file of that folder names another one. */
export function fromFolder(folder: string, path: string): string {
  const way = relative(folder, path).replaceAll('\\', '/')
  return way.startsWith('.') ? way : `./${way}`
}

/** The plan for a file in another folder: what it names there are the same files. */
export function movedPlan(plan: Plan, from: string, to: string): Plan {
  if (from === to) return plan
  const moved = (path: string): string => relative(to, resolve(from, path)).replaceAll('\\', '/')
  const { data, sla, login } = plan
  const lists = Object.entries(data ?? {}).map(([name, list]) => {
    return [name, typeof list === 'string' ? moved(list) : list] as const
  })
  return {
    ...plan,
    ...(data && { data: Object.fromEntries(lists) }),
    ...(sla !== undefined && { sla: moved(sla) }),
    ...(login && { login: movedUsers(login, moved) }),
  }
}

function movedUsers(login: PlanLogIn, moved: (path: string) => string): PlanLogIn {
  if (!('users' in login)) return login
  return { ...login, users: moved(login.users) }
}
