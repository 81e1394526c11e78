// Files that a plan names: lists to pick from, users, an SLA file. Their paths begin at the plan.
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parse } from 'but-csv'
import type { Plan } from '../../lib/plan-file/plan-file.ts'
import { parseUsers } from '../../lib/users-file.ts'
import { ToolkitError } from '../core/errors.ts'
import { readSlaAlone } from '../sla/read-sla-alone.ts'
import type { Place } from '../data-file/data-file.ts'
import type { PlanProblem } from './plan-problem.ts'

/** What a plan keeps in other files. */
export interface PlanFiles {
  /** Rows by the name of their list; missing where they cannot be read. */
  rows: Record<string, unknown[]>
  /** Absolute paths. */
  usersFile?: string
  slaFile?: string
  problems: PlanProblem[]
}

/** Every VU gets the rows in its script. */
const BYTES_MAX = 5_000_000

type Read = { text: string } | { problem: PlanProblem }

/** Reads all files whose names in the plan are sound. */
export async function readPlanFiles(
  plan: Partial<Plan>,
  folder: string,
  isSound: (at: Place) => boolean,
): Promise<PlanFiles> {
  const files: PlanFiles = { rows: {}, problems: [] }
  for (const [name, list] of soundLists(plan, isSound)) {
    const read = typeof list === 'string' ? await readRows(list, folder, ['data', name]) : list
    if (Array.isArray(read)) files.rows[name] = read
    else files.problems.push(read)
  }
  if (plan.sla !== undefined && isSound(['sla'])) {
    files.slaFile = resolve(folder, plan.sla)
    files.problems.push(...(await slaProblems(plan.sla, files.slaFile)))
  }
  const users =
    isSound(['login']) && plan.login && 'users' in plan.login ? plan.login.users : undefined
  if (users === undefined) return files
  const problem = await usersProblem(users, folder)
  return problem
    ? { ...files, problems: [...files.problems, problem] }
    : { ...files, usersFile: resolve(folder, users) }
}

function soundLists({ data }: Partial<Plan>, isSound: (at: Place) => boolean) {
  // It may be anything: its shape is checked elsewhere.
  if (typeof data !== 'object' || (data as unknown) === null || Array.isArray(data)) return []
  return Object.entries(data).filter(([name]) => isSound(['data', name]))
}

async function readRows(name: string, folder: string, at: Place): Promise<unknown[] | PlanProblem> {
  const read = await readNamed(name, folder, at)
  if ('problem' in read) return read.problem
  const rows = name.endsWith('.json') ? jsonRows(read.text) : csvRows(read.text)
  if (Array.isArray(rows) && rows.length > 0) return rows
  return {
    at,
    expected: 'a JSON list, or CSV with a line of names, with at least one row',
    found: `"${name}" with ${rows === undefined ? 'something else' : 'none'}`,
    hint: 'Each row is an object or a single value.',
  }
}

async function readNamed(name: string, folder: string, at: Place): Promise<Read> {
  const refused = (found: string): Read => ({
    problem: {
      at,
      expected: 'a .json or .csv file of at most 5 MB, beside the plan',
      found,
      hint: `It would be ${resolve(folder, name)}.`,
    },
  })
  if (!/\.(json|csv)$/.test(name)) return refused(`"${name}"`)
  try {
    const found = await stat(resolve(folder, name))
    if (!found.isFile()) return refused('a folder, a pipe or a device')
    if (found.size > BYTES_MAX) return refused(`${found.size} bytes`)
    return { text: (await readFile(resolve(folder, name), 'utf8')).replace(/^\uFEFF/, '') }
  } catch {
    return refused('none that can be read')
  }
}

function jsonRows(text: string): unknown[] | undefined {
  try {
    const data = JSON.parse(text) as unknown
    return Array.isArray(data) ? data : undefined
  } catch {
    return undefined
  }
}

function csvRows(text: string): unknown[] | undefined {
  const [header, ...rows] = parse(text.replaceAll('\r\n', '\n').trim())
  const names = header?.map((name) => name.trim()) ?? []
  if (names.length === 0 || names.includes('')) return undefined
  const given = rows.filter((row) => row.join('').trim() !== '')
  if (given.some((row) => row.length > names.length)) return undefined
  return given.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])),
  )
}

async function slaProblems(sla: string, path: string): Promise<PlanProblem[]> {
  try {
    await readSlaAlone(path)
    return []
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    const hint = error.message.replaceAll('\n', '\n    ')
    return [{ at: ['sla'], expected: 'an SLA file without mistakes', found: `"${sla}"`, hint }]
  }
}

async function usersProblem(users: string, folder: string): Promise<PlanProblem | undefined> {
  const at = ['login', 'users']
  const read = await readNamed(users, folder, at)
  if ('problem' in read) return read.problem
  try {
    parseUsers(read.text, users)
    return undefined
  } catch (error) {
    // Its message says the place, never anything of what the file holds.
    const hint = `${(error as Error).message}.`
    return {
      at,
      expected: 'a file with a username and a password for each user',
      found: `"${users}"`,
      hint,
    }
  }
}
