import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { projectPath } from '../core/project.ts'

export interface ScenarioFile {
  /** File name without its ending: what the user types. Unique, whosever it is. */
  name: string
  path: string
  /** The file's first comment line: the question that the scenario answers. */
  question: string
  /** Each step of its load is judged by itself. */
  isInSteps: boolean
  /** The workload whose folder it is in; undefined for those of any workload. */
  workload?: string
}

/** Every scenario: those of `scenarios/` by name, then those in `scenarios/` of each workload. */
export function scenarioFiles(): ScenarioFile[] {
  const ofWorkloads = workloadFolders().flatMap(({ name, path }) => {
    return scenariosIn(join(path, 'scenarios')).map((file) => ({ ...file, workload: name }))
  })
  return [...scenariosIn(projectPath('scenarios')), ...ofWorkloads]
}

/** Where the scenario of that name stands for a workload; there need be none. */
export function scenarioPath(scenario: string, workload: WorkloadFolder): string {
  const { path, scenario: planned } = workload
  if (planned !== undefined) return planned
  const own = join(path, 'scenarios', `${scenario}.ts`)
  return existsSync(own) ? own : projectPath('scenarios', `${scenario}.ts`)
}

function scenariosIn(folder: string): ScenarioFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
    .map((name) => {
      const path = join(folder, `${name}.ts`)
      const text = readFileSync(path, 'utf8')
      const isInSteps = /\bjudges: ['"]steps['"]/.test(text)
      return { name, path, question: firstComment(text), isInSteps }
    })
}

/** An API under test: a folder with a `workload.ts` in it. */
export interface WorkloadFolder {
  name: string
  path: string
  /** The one scenario that it runs, where a plan file says it: the path of its script. */
  scenario?: string
  /** What the user types behind "npm run k6 --" to run that one. */
  command?: string
}

/** What a scenario needs of a workload and this one lacks; undefined when it can run. */
export function missingPart(scenario: string, workload: WorkloadFolder): string | undefined {
  const path = scenarioPath(scenario, workload)
  if (!existsSync(path)) return `scenarios/${scenario}.ts`
  const text = readFileSync(path, 'utf8')
  const parts = [...text.matchAll(/from 'workload\/([\w-]+)'/g)].map(([, part]) => `${part}.ts`)
  return parts.find((part) => !existsSync(join(workload.path, part)))
}

/** The names of its scenarios in scenarios/ are those of a workload, but not of one that a plan file says. */
export function hasOtherScenarios({ path, scenario }: WorkloadFolder): boolean {
  return scenario === undefined || dirname(scenario) !== path
}

/** Every workload of `workloads/`. */
export function workloadFolders(): WorkloadFolder[] {
  return readdirSync(projectPath('workloads'))
    .sort()
    .map((name) => ({ name, path: projectPath('workloads', name) }))
    .filter(isWorkload)
}

/** A workload by its name in `workloads/`, or by the path of its folder; undefined if there is none. */
export function findWorkload(nameOrPath: string): WorkloadFolder | undefined {
  const known = namedWorkload(nameOrPath)
  const elsewhere = { name: basename(nameOrPath), path: resolve(nameOrPath) }
  return known ?? (isWorkload(elsewhere) ? elsewhere : undefined)
}

/** A workload of `workloads/`: what a file or a server says is a name, and never a path to code. */
export function namedWorkload(name: string): WorkloadFolder | undefined {
  return workloadFolders().find((each) => each.name === name)
}

function isWorkload({ path }: WorkloadFolder): boolean {
  return existsSync(join(path, 'workload.ts'))
}

/** What a file says of itself in its first line. */
export function firstComment(text: string): string {
  const [line = ''] = text.split('\n', 1)
  return line.startsWith('// ') ? line.slice('// '.length) : ''
}
