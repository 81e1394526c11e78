import type { Plan, PlanLogIn } from '../../lib/plan-file/plan-file.ts'
import { namedWorkload, scenarioFiles, workloadFolders } from '../plan/scenario-files.ts'
import { quote, unknownName } from '../sla/field-problem.ts'
import { placeholdersOf } from '../../lib/plan-file/template.ts'
import type { PlanProblem } from './plan-problem.ts'

type Field = keyof Plan

/** Fields that exclude each other, and names that belong to something else. */
export function checkChoices(plan: Partial<Plan>): PlanProblem[] {
  const { workload } = plan
  return [
    ...oneOf(plan, ['operations', 'workload'], true),
    ...oneOf(plan, ['load', 'profiles'], true),
    ...oneOf(plan, ['objectives', 'sla'], workload === undefined),
    ...(workload === undefined ? [] : saidByWorkload(plan)),
    ...nameProblems(plan),
  ]
}

function oneOf(
  plan: Partial<Plan>,
  [first, second]: [Field, Field],
  isNeeded: boolean,
): PlanProblem[] {
  const given = [first, second].filter((field) => plan[field] !== undefined)
  const expected = `one of "${first}" and "${second}"`
  if (given.length === 2) {
    return [{ at: [second], expected, found: 'both', hint: 'Leave one of the two out.' }]
  }
  if (given.length === 1 || !isNeeded) return []
  return [{ at: [first], expected, found: 'neither', hint: HINTS[first] ?? '' }]
}

const HINTS: Partial<Record<Field, string>> = {
  operations: 'Say what users do, or name a workload of workloads/.',
  load: 'For instance { shape: constantUsers, users: 50, duration: 5m, rampUp: 1m }.',
  objectives:
    'A run without objectives proves nothing. For instance { id: answers, indicator: { share: checks }, limit: ">= 99.9%" }.',
}

const OF_A_WORKLOAD: readonly Field[] = ['login', 'data', 'thinkTime']

function saidByWorkload(plan: Partial<Plan>): PlanProblem[] {
  return OF_A_WORKLOAD.filter((field) => plan[field] !== undefined).map((field) => ({
    at: [field],
    expected: `no "${field}" beside "workload"`,
    found: 'both',
    hint: 'The workload has its own. Leave it out, or write operations instead of the workload.',
  }))
}

function nameProblems({ name, workload }: Partial<Plan>): PlanProblem[] {
  const taken = scenarioFiles().some((scenario) => scenario.name === name)
  const known = workloadFolders().map((folder) => folder.name)
  const isUnknown = workload !== undefined && !namedWorkload(workload)
  const fault = isUnknown ? unknownName('workload', workload, known) : undefined
  return [
    ...(taken && name !== undefined
      ? [
          {
            at: ['name'],
            expected: 'a name that no scenario has',
            found: `"${name}"`,
            hint: 'Their histories would be mixed up: choose another name.',
          },
        ]
      : []),
    ...(fault ? [{ at: ['workload'], ...fault }] : []),
  ]
}

/** What is wrong with a log-in beyond its shape. */
export function checkLogIn(login: PlanLogIn): PlanProblem[] {
  const given = login as unknown as Record<string, unknown>
  const { credentials = {} } = given as { credentials?: Record<string, string> }
  return [
    ...notBoth(given, 'header', 'query'),
    ...notBoth(given, 'users', 'credentials'),
    ...Object.entries(credentials).flatMap(([field, value]) =>
      placeholdersOf(value)
        .filter((name) => !/^user(\(\d{1,2}\))?$/.test(name))
        .map((name) => ({
          at: ['login', 'credentials', field],
          expected: 'no placeholder but "${user}" and "${user(4)}"',
          found: quote(`\${${name}}`),
          hint: 'A user logs in before its first iteration, when nothing else is known yet.',
        })),
    ),
  ]
}

function notBoth(given: Record<string, unknown>, first: string, second: string): PlanProblem[] {
  if (given[first] === undefined || given[second] === undefined) return []
  return [
    {
      at: ['login', second],
      expected: `one of "${first}" and "${second}"`,
      found: 'both',
      hint: 'Leave one of the two out.',
    },
  ]
}
