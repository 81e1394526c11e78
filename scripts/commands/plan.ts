import { dirname } from 'node:path'
import { advicePlan } from '../plan-file/advice.ts'
import { readPlan } from '../plan-file/check-plan.ts'
import { notAPlan } from '../plan-file/errors.ts'
import { planFromTemplate, planTemplates, templateQuestion } from '../plan-file/templates.ts'
import { movedPlan, writeNew, writePlan } from '../plan-file/write-plan.ts'
import { shownPath } from '../core/console.ts'
import { userPath } from '../script/typed-path.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Lists what is wrong with a plan, or what it will do with warnings and suggestions. Nothing is started. */
export async function checkPlanFile(file: string): Promise<number> {
  const path = userPath(file, process.env)
  const sound = await readPlan(path)
  say(`${shownPath(path)}: no errors`)
  advicePlan(sound).forEach(say)
  return 0
}

/** Writes a plan in another form: YAML, JSON or TypeScript, as the names of the files say. */
export async function convertPlan(from: string, to: string): Promise<number> {
  const [source, target] = [userPath(from, process.env), userPath(to, process.env)]
  const { plan } = await readPlan(source)
  await writePlan(movedPlan(plan, dirname(source), dirname(target)), target)
  say(`wrote ${shownPath(target)}; comments of ${shownPath(source)} are not kept`)
  return 0
}

/** Writes a plan from a template. */
export async function newPlan(template: string, file = `${template}.yaml`): Promise<number> {
  const path = userPath(file, process.env)
  if (!/\.ya?ml$/.test(path)) throw notAPlan(path)
  await writeNew(path, await planFromTemplate(template, path, process.env))
  const shown = shownPath(path)
  say(`wrote ${shown}: "npm run k6 -- plan check ${shown}", then "npm run k6 -- run ${shown}"`)
  return 0
}

/** Lists the templates. */
export async function listTemplates(): Promise<number> {
  const templates = planTemplates(process.env)
  const width = Math.max(...templates.map(({ name }) => name.length))
  for (const each of templates) {
    say(`  ${each.name.padEnd(width)}  ${await templateQuestion(each)}`)
  }
  say('\n"npm run k6 -- plan new <template> plan.yaml" writes one to begin with.')
  return 0
}
