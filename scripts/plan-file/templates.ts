// Plans to begin with: the built-in ones of plans/templates/, and the user's.
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { projectPath } from '../core/project.ts'
import { userFolder } from '../script/typed-path.ts'
import { unknownTemplate } from './errors.ts'
import { fromFolder, schemaComment } from './write-plan.ts'

export interface PlanTemplate {
  name: string
  path: string
}

/** All templates by name: those of plans/templates/ where the user stands, and the toolkit's. */
export function planTemplates(env: NodeJS.ProcessEnv): PlanTemplate[] {
  const folders = [projectPath('plans', 'templates'), join(userFolder(env), 'plans', 'templates')]
  const all = folders.filter(existsSync).flatMap((folder) => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
    return files.map((file) => [basename(file, '.yaml'), join(folder, file)] as const)
  })
  // The user's replaces a built-in one of the same name.
  const named = [...new Map(all)].map(([name, path]) => ({ name, path }))
  return named.sort((a, b) => a.name.localeCompare(b.name))
}

/** The question of a template, for a list; empty where it has none. */
export async function templateQuestion({ path }: PlanTemplate): Promise<string> {
  try {
    const { question = '' } = parse(await readFile(path, 'utf8')) as { question?: unknown }
    return String(question)
  } catch {
    return 'cannot be read: "npm run k6 -- plan check" says why'
  }
}

/**
 * A template as a plan of that name, comments included.
 *
 * @param to path of the file that is to be written
 * @throws ToolkitError when there is no such template
 */
export async function planFromTemplate(
  name: string,
  to: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const templates = planTemplates(env)
  const template = templates.find((each) => each.name === name)
  if (!template) {
    throw unknownTemplate(
      name,
      templates.map((each) => each.name),
    )
  }
  const text = await readFile(template.path, 'utf8')
  const schema = fromFolder(dirname(to), projectPath('plans', 'plan.schema.json'))
  const body = text.replace(/^# yaml-language-server:.*\n/, '')
  return schemaComment(schema) + body.replace(/^name: .*$/m, `name: ${planName(to)}`)
}

/** A file's name as the name of a plan. */
function planName(path: string): string {
  const name = basename(path)
    .replace(/(\.plan)?\.\w+$/, '')
    .toLowerCase()
  return name.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'plan'
}
