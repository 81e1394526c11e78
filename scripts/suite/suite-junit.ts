import { join } from 'node:path'
import { printableAll } from '../core/printable.ts'
import { isRed, junitDocument, runSuite, singleSuite, type TestSuite } from '../report/junit.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import { verdictText } from '../verdict/verdict.ts'
import { isAsAllowed } from './judge-suite.ts'
import { runsOf, type RunState, type SuiteState } from './suite-state.ts'

/**
 * A suite as JUnit XML: a test suite for each run, in the form that the run itself has, and one for what no run shows.
 * Some case is red exactly when the exit code of the suite is not 0.
 */
export async function suiteJunit(state: SuiteState, folder: string): Promise<string> {
  const runs = await Promise.all(runsOf(state).map((run) => ofRun(run, state, folder)))
  return junitDocument([...runs, ofWhole(state, runs)])
}

async function ofRun(run: RunState, state: SuiteState, folder: string): Promise<TestSuite> {
  const { outcome, number, label, allowed, trouble = 'it left no verdict' } = run
  const name = `${number} ${label}`
  if (!outcome) return singleSuite(name, { kind: 'error', type: 'no verdict', message: trouble })
  const isMet = isAsAllowed(run, state.isStrict)
  const ended = `ended with ${verdictText(outcome)}`
  const message = `${ended}, and only ${allowed.join(' or ')} is allowed`
  try {
    const file = printableAll(await readVerdict(join(folder, '..', outcome.folder, 'verdict.json')))
    const strict = state.isStrict || run.isStrict === true
    return runSuite(file, { strict, allowed: { isMet, message } })
  } catch {
    // Somebody has taken its folder away since.
    const type = verdictText(outcome)
    const note = `${ended}; its verdict.json cannot be read any longer`
    return singleSuite(
      name,
      isMet ? { kind: 'passed', type, note } : { kind: 'failure', type, message },
    )
  }
}

function ofWhole({ name, result }: SuiteState, runs: readonly TestSuite[]): TestSuite {
  const { exitCode = 1, reasons = [] } = result ?? {}
  const type = result ? verdictText(result) : 'not ended'
  const isTold = runs.some(({ outcomes }) => outcomes.some(isRed))
  const message = [type, ...reasons].join('\n- ')
  const isBad = exitCode !== 0 && !isTold
  const outcome = isBad
    ? ({ kind: 'error', type, message } as const)
    : ({ kind: 'passed', type, ...(reasons.length > 0 && { note: message }) } as const)
  return singleSuite(`suite ${name}`, outcome)
}
