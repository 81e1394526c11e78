// A plan as scripts: a workload and a scenario as one would write them by hand, with the plan as text in them.
import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan } from '../../lib/plan-file/plan-file.ts'
import { projectPath } from '../core/project.ts'
import { namedWorkload, type WorkloadFolder } from '../plan/scenario-files.ts'
import { shownPath } from '../core/console.ts'
import type { SoundPlan } from './check-plan.ts'

/** Where a plan runs, and what judges it; undefined where its workload has an SLA file itself. */
export interface PlanFolder {
  workload: WorkloadFolder
  slaPath: string | undefined
}

/** Writes the scripts of a plan into build/; the same plan gives the same folder. */
export async function planFolder({ plan, files, source }: SoundPlan): Promise<PlanFolder> {
  const { objectives, workload: named } = plan
  const texts: Record<string, string> = {
    'scenario.ts': scenarioText(plan),
    ...(!named && { 'workload.ts': workloadText(plan, files.rows) }),
    ...(objectives && {
      'sla.json': JSON.stringify({ workload: named ?? plan.name, objectives }, null, 2),
    }),
  }
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 12)
  const path = projectPath('build', '.plans', `${plan.name}-${hash}`)
  await mkdir(path, { recursive: true })
  for (const [name, text] of Object.entries(texts)) await writeInOneStep(join(path, name), text)
  const folder = (named !== undefined && namedWorkload(named)) || { name: plan.name, path }
  return {
    workload: {
      ...folder,
      scenario: join(path, 'scenario.ts'),
      command: `run ${shownPath(source.path)}`,
    },
    slaPath: files.slaFile ?? (objectives && join(path, 'sla.json')),
  }
}

// Of two runs at once, neither sees half of a file.
async function writeInOneStep(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

function scenarioText(plan: Plan): string {
  const { load, profiles, scenarioPerOperation, name } = plan
  return [
    comment(plan),
    "import { workload } from 'workload'",
    `import { loadOfPlan } from ${fromLib('plan-file/load-of-plan.ts')}`,
    `import { defineScenario } from ${fromLib('scenario.ts')}`,
    '',
    `const plan = JSON.parse(${jsonText({ name, load, profiles, scenarioPerOperation })})`,
    'const scenario = defineScenario({ workload, ...loadOfPlan(plan) })',
    '',
    'export const options = scenario.options',
    'export const setup = scenario.setup',
    'export const teardown = scenario.teardown',
    'export default scenario.iteration',
    '',
  ].join('\n')
}

// As text: each VU would keep an object that it does not read, and the rows are read once for all VUs.
function workloadText(plan: Plan, rows: Record<string, unknown[]>): string {
  const { name, login, thinkTime, operations } = plan
  const lists = Object.entries(rows).map(([list, all]) => {
    return `  ${JSON.stringify(list)}: () => JSON.parse(${jsonText(all)}),`
  })
  return `${comment(plan)}
import { workloadOfPlan } from ${fromLib('plan-file/workload-of-plan.ts')}

export const workload = workloadOfPlan(JSON.parse(${jsonText({ name, login, thinkTime, operations })}), {
${lists.join('\n')}
})
`
}

function comment({ name, question }: Plan): string {
  return `// ${name}${question === undefined ? '' : `: ${question.replace(/\s+/g, ' ')}`}`
}

function fromLib(file: string): string {
  return JSON.stringify(projectPath('lib', file))
}

function jsonText(value: unknown): string {
  return JSON.stringify(JSON.stringify(value))
}
