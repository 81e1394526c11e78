import { Ajv } from 'ajv'
import schema from '../../suites/suite.schema.json' with { type: 'json' }
import { parseDuration } from '../../lib/duration.ts'
import { fieldProblem, type Problem, quote } from '../sla/field-problem.ts'
import { checkRun, type RunContext } from './check-run.ts'
import type { SuiteReading } from './read-suite.ts'
import type { RawPhase, RawRun, RawSuite, Suite, SuitePhase, SuiteRun } from './suite-file.ts'

const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema)

/** The suite, or everything that is wrong with its file. */
export type CheckedSuite = { suite: Suite } | { problems: Problem[] }

/** Checks the shape and the meaning of a suite: one mistake does not keep the rest from being checked. */
export async function checkSuite(data: unknown, reading: SuiteReading): Promise<CheckedSuite> {
  const problems = schemaProblems(data)
  const wrong = problems.map(({ path }) => path)
  const isSound = (path: string): boolean => {
    return !wrong.some((each) => each === path || each.startsWith(`${path}[`))
  }
  const raw = objectOf(data) as Partial<RawSuite>
  const context: RunContext = {
    ...{ ...reading, isSound },
    defaults: soundDefaults(raw, isSound),
    success: objectOf(raw.success),
  }
  const rawPhases = listOf(raw.phases).map((each) => objectOf(each) as Partial<RawPhase>)
  problems.push(...repeatedNames(rawPhases, 'phases'), ...timeoutProblems(raw, isSound))
  const phases: SuitePhase[] = []
  for (const [index, each] of rawPhases.entries()) {
    const checked = await checkPhase(each, `phases[${index}].runs`, context)
    problems.push(...checked.problems)
    phases.push(checked.phase)
  }
  if (problems.length > 0) return { problems: oneEach(problems) }
  return { suite: { ...headOf(raw), phases } }
}

function soundDefaults(raw: Partial<RawSuite>, isSound: RunContext['isSound']) {
  const given = Object.entries(objectOf(raw.defaults))
  return Object.fromEntries(
    given.filter(([key]) => isSound(`defaults.${key}`)),
  ) as RunContext['defaults']
}

async function checkPhase(
  raw: Partial<RawPhase>,
  at: string,
  context: RunContext,
): Promise<{ phase: SuitePhase; problems: Problem[] }> {
  const problems = repeatedNames(listOf(raw.runs).map(objectOf), at)
  const runs: SuiteRun[] = []
  for (const [place, run] of listOf(raw.runs).entries()) {
    const path = `${at}[${place}]`
    // Already reported by the schema.
    if (!isObject(run)) continue
    const checked = await checkRun(run as RawRun, path, context)
    if ('problems' in checked) problems.push(...checked.problems)
    else runs.push(checked.run)
  }
  const { name = '', parallel: isParallel = false, prepare = [], cleanup = [] } = raw
  return { phase: { name, isParallel, prepare, cleanup, runs }, problems }
}

/** Everything in the file that suites/suite.schema.json refuses, one problem for each place. */
function schemaProblems(data: unknown): Problem[] {
  if (validate(data)) return []
  const problems = new Map<string, Problem>()
  for (const error of validate.errors ?? []) {
    const problem = fieldProblem(error, 'suites/suite.schema.json')
    if (!problems.has(problem.path)) problems.set(problem.path, problem)
  }
  return [...problems.values()]
}

const TIMEOUT_MOST_SECONDS = 24 * 3_600

function timeoutProblems(
  { commandTimeout = '10m' }: Partial<RawSuite>,
  isSound: RunContext['isSound'],
): Problem[] {
  const path = 'commandTimeout'
  if (!isSound(path)) return []
  const seconds = parseDuration(commandTimeout)
  if (seconds >= 1 && seconds <= TIMEOUT_MOST_SECONDS) return []
  const hint = 'It is how long each command of prepare and cleanup may take.'
  return [{ path, expected: 'a time from 1s to 24h', found: quote(commandTimeout), hint }]
}

function headOf({ name = '', description, success, commandTimeout = '10m' }: Partial<RawSuite>) {
  return {
    name,
    ...(description !== undefined && { description }),
    onFailure: success?.onFailure ?? 'continue',
    commandTimeoutSeconds: parseDuration(commandTimeout),
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// One of another type was already reported by the schema.
function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function repeatedNames(named: readonly { name?: unknown }[], at: string): Problem[] {
  const names = named.map(({ name }) => name)
  return names.flatMap((name, index) => {
    const first = names.indexOf(name)
    if (typeof name !== 'string' || first === index) return []
    return {
      path: `${at}[${index}].name`,
      expected: 'a name that nothing else here has',
      found: quote(name),
      hint: `${at}[${first}] has this name already.`,
    }
  })
}

function oneEach(problems: readonly Problem[]): Problem[] {
  const seen = new Map(problems.map((each) => [`${each.path} ${each.expected}`, each]))
  return [...seen.values()]
}
