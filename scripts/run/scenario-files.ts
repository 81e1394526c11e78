import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { projectPath } from '../project.ts'

export interface ScenarioFile {
  /** File name without its ending: what the user types. */
  name: string
  /** The file's first comment line: the question that the scenario answers. */
  question: string
  /** Each step of its load is judged by itself. */
  isInSteps: boolean
}

/** Every scenario of `scenarios/`, by name. */
export function scenarioFiles(): ScenarioFile[] {
  return readdirSync(projectPath('scenarios'))
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => {
      const text = readFileSync(projectPath('scenarios', file), 'utf8')
      const isInSteps = /\bjudges: ['"]steps['"]/.test(text)
      return { name: file.slice(0, -'.ts'.length), question: firstComment(text), isInSteps }
    })
}

/** An API under test: a folder with a `workload.ts` in it. */
export interface WorkloadFolder {
  name: string
  path: string
}

/** The part of a workload that a scenario imports and this one lacks; undefined when it can run. */
export function missingPart(scenario: string, { path }: WorkloadFolder): string | undefined {
  const text = readFileSync(projectPath('scenarios', `${scenario}.ts`), 'utf8')
  const parts = [...text.matchAll(/from 'workload\/([\w-]+)'/g)].map(([, part]) => `${part}.ts`)
  return parts.find((part) => !existsSync(join(path, part)))
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

function firstComment(text: string): string {
  const [line = ''] = text.split('\n', 1)
  return line.startsWith('// ') ? line.slice('// '.length) : ''
}
