import type { Plan } from '../../lib/plan-file/plan-file.ts'
import { quote } from '../sla/field-problem.ts'
import type { Place } from '../data-file/data-file.ts'
import type { RunPlan } from '../../lib/plan.ts'
import { validateSla } from '../sla/validate-sla.ts'
import { schemaProblems } from '../sla/schema-problems.ts'
import type { Catalogue } from '../sla/read-sla.ts'
import { checkChoices, checkLogIn } from './check-choices.ts'
import { checkLoad } from './check-load.ts'
import { checkOperations } from './check-operations.ts'
import { planInvalid, planIsSuite } from './errors.ts'
import { planFacts, type PlannedLoad } from './plan-facts.ts'
import { type PlanFiles, readPlanFiles } from './plan-files.ts'
import {
  formatPlanProblem,
  isWithin,
  objectiveProblem,
  placeText,
  type PlanProblem,
} from './plan-problem.ts'
import { type PlanSource, readPlanSource } from './plan-source.ts'
import { shapeProblems } from './shape-problems.ts'

/** A plan without a problem. */
export interface SoundPlan {
  plan: Plan
  source: PlanSource
  files: PlanFiles
  loads: PlannedLoad[]
}

/**
 * Reads a plan and all that it names.
 *
 * @param path absolute
 * @throws ToolkitError that lists every problem with its line
 */
export async function readPlan(path: string): Promise<SoundPlan> {
  const source = await readPlanSource(path)
  const checked = await checkPlan(source)
  if (!('problems' in checked)) return { ...checked, source }
  if (isSuite(source.data)) throw planIsSuite(path)
  const list = checked.problems.map((each) => formatPlanProblem(each, source.positionOf(each.at)))
  throw planInvalid(path, list)
}

function isSuite(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  return 'phases' in data && !('operations' in data) && !('load' in data)
}

type Checked = Omit<SoundPlan, 'source'> | { problems: PlanProblem[] }

/** Checks a plan by shape and by meaning; what depends on a part with a mistake is left out. */
export async function checkPlan({ data, folder, positionOf }: PlanSource): Promise<Checked> {
  const misshapen = onePerPlace([...shapeProblems(data), ...unreadable(data, [])])
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return { problems: misshapen }
  }
  const isSound = (at: Place) =>
    !misshapen.some((problem) => isWithin(problem.at, at) || isWithin(at, problem.at))
  const plan = withoutSchema(data)
  const { login, operations } = plan
  const files = await readPlanFiles(plan, folder, isSound)
  const problems = [
    ...misshapen,
    ...checkChoices(plan),
    ...checkLoad(plan, isSound),
    ...(login && isSound(['login']) ? checkLogIn(login) : []),
    ...(isMap(operations) ? checkOperations(operations, namedRows(plan, files), isSound) : []),
    ...files.problems,
  ]
  const isComplete = ['name', 'operations', 'load', 'profiles', 'thinkTime'].every((field) => {
    return !problems.some(({ at }) => at[0] === field)
  })
  const { loads, problems: impossible } = isComplete
    ? planFacts(plan as Plan)
    : { loads: [], problems: [] }
  problems.push(...impossible)
  if (plan.objectives && isSound(['objectives'])) {
    const runs = loads.map(({ run }) => run)
    problems.push(...checkObjectives(plan, runs))
  }
  if (problems.length > 0) return { problems: inOrder(problems, positionOf) }
  return { plan: plan as Plan, files, loads }
}

function onePerPlace(problems: readonly PlanProblem[]): PlanProblem[] {
  const places = problems.map(({ at }) => placeText(at))
  return problems.filter((_, index) => places.indexOf(places[index] ?? '') === index)
}

// Where the schema stands is no part of the plan.
function withoutSchema(data: object): Partial<Plan> {
  return Object.fromEntries(Object.entries(data).filter(([field]) => field !== '$schema'))
}

// A list that cannot be read has a name, though no known fields.
function namedRows({ data }: Partial<Plan>, { rows }: PlanFiles): PlanFiles['rows'] {
  const names = isMap(data) ? Object.keys(data) : []
  return { ...Object.fromEntries(names.map((name) => [name, []])), ...rows }
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Values that exist in YAML but not in JSON, and names that JavaScript reserves. */
function unreadable(value: unknown, at: Place): PlanProblem[] {
  const hint =
    'A plan holds what JSON can hold: texts, numbers, true, false, null, lists and objects.'
  const isOdd = typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))
  if (isOdd) return [{ at, expected: 'a value that JSON has', found: String(value), hint }]
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([name, each]) => {
    const place = [...at, isList ? Number(name) : name]
    if (name !== '__proto__') return unreadable(each, place)
    return [{ at: place, expected: 'another name', found: quote(name), hint }]
  })
}

function inOrder(
  problems: readonly PlanProblem[],
  positionOf: PlanSource['positionOf'],
): PlanProblem[] {
  const lineOf = ({ at }: PlanProblem) => positionOf(at)?.line ?? 0
  return [...problems].sort((a, b) => lineOf(a) - lineOf(b))
}

/** Metrics that the library makes in every run with operations. */
const METRICS: Catalogue['metrics'] = {
  script_exceptions: { type: 'counter', isTime: false },
  answers_rejected: { type: 'counter', isTime: false },
  auth_failures: { type: 'counter', isTime: false },
  operation_duration: { type: 'trend', isTime: true },
  operation_failed: { type: 'rate', isTime: false },
  followed_duration: { type: 'trend', isTime: true },
}

/** Objectives of a plan, held against the names that its runs will have, where these are known. */
export function checkObjectives(plan: Partial<Plan>, runs: readonly RunPlan[]): PlanProblem[] {
  const { name = '', objectives } = plan
  // What an existing workload calls its operations only k6 knows: the run checks it.
  if (runs.length === 0 || plan.workload !== undefined) {
    return schemaProblems({ workload: 'any', objectives }).map(objectiveProblem)
  }
  const named = (names: (run: RunPlan) => readonly string[]) => [...new Set(runs.flatMap(names))]
  const catalogue: Catalogue = {
    workload: name,
    scenarios: [name],
    profiles: Object.keys(plan.profiles ?? {}),
    endpoints: named(({ endpoints }) => endpoints),
    operations: named(({ operations }) => operations),
    regions: [],
    phases: named(({ phases }) => phases.map((phase) => phase.name)),
    metrics: METRICS,
  }
  const result = validateSla({ workload: name, objectives }, catalogue)
  return 'problems' in result ? result.problems.map(objectiveProblem) : []
}
