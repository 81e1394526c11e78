import { parseDuration } from '../../lib/duration.ts'
import { type Problem, quote } from '../sla/problem.ts'
import { checkRun, type RunContext } from './check-run.ts'
import type { SuiteReading } from './read-suite.ts'
import type { RawRun, RawSuite, Suite, SuitePhase, SuiteRun } from './suite-file.ts'
import { suiteSchemaProblems } from './suite-schema.ts'

/** The suite, or everything that is wrong with its file. */
export type CheckedSuite = { suite: Suite } | { problems: Problem[] }

/** Checks a suite by shape and by meaning: what stands beside a mistake is checked too. */
export async function checkSuite(data: unknown, reading: SuiteReading): Promise<CheckedSuite> {
  const problems = suiteSchemaProblems(data)
  const raw = (typeof data === 'object' && data !== null ? data : {}) as Partial<RawSuite>
  const defaults = objectOf(raw.defaults) as RunContext['defaults']
  const context = { ...reading, defaults, success: objectOf(raw.success) as RunContext['success'] }
  const rawPhases = listOf(raw.phases).map(
    (each) => objectOf(each) as Partial<RawSuite['phases'][0]>,
  )
  problems.push(...repeatedNames(rawPhases, 'phases'))
  const phases: SuitePhase[] = []
  for (const [index, phase] of rawPhases.entries()) {
    const at = `phases[${index}].runs`
    const runs: SuiteRun[] = []
    for (const [place, run] of listOf(phase.runs).entries()) {
      const checked = await checkRun(objectOf(run) as RawRun, `${at}[${place}]`, context)
      if ('problems' in checked) problems.push(...checked.problems)
      else runs.push(checked.run)
    }
    problems.push(...repeatedNames(listOf(phase.runs).map(objectOf), at))
    const { name = '', parallel: isParallel = false, prepare = [], cleanup = [] } = phase
    phases.push({ name, isParallel, prepare, cleanup, runs })
  }
  if (problems.length > 0) return { problems: oneEach(problems) }
  return { suite: { ...headOf(raw), phases } }
}

function headOf({ name = '', description, success, commandTimeout = '10m' }: Partial<RawSuite>) {
  return {
    name,
    ...(description !== undefined && { description }),
    onFailure: success?.onFailure ?? 'continue',
    commandTimeoutSeconds: parseDuration(commandTimeout),
  }
}

// The schema has told of one of another kind already.
function objectOf(value: unknown): Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : {}
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
      expected: 'a name that no other one here has',
      found: quote(name),
      hint: `${at}[${first}] has it already.`,
    }
  })
}

function oneEach(problems: readonly Problem[]): Problem[] {
  const seen = new Map(problems.map((each) => [`${each.path} ${each.expected}`, each]))
  return [...seen.values()]
}
