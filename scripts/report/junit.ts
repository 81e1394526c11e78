import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import { verdictText } from '../verdict/verdict.ts'
import { cut } from '../core/printable.ts'
import type { ReportFile } from './html/report-file.ts'
import { type CaseOutcome, objectiveOutcome, runOutcome } from './junit-outcome.ts'
import { intervalText, measuredText, nameText, windowsText } from './objective-text.ts'
import { element } from './xml.ts'

export interface JunitOptions {
  /** A close PASS fails. */
  strict?: boolean
  /** Of a run of a suite, which may be to end otherwise than with PASS. */
  allowed?: AllowedEnd
}

export interface AllowedEnd {
  /** It ended as allowed, so none of its cases is red. */
  isMet: boolean
  /** What the red case says where it did not. */
  message: string
}

/** The `<testsuite>` of a run, and what a document that has several adds up. */
export interface TestSuite {
  xml: string
  outcomes: readonly CaseOutcome[]
  seconds: number
}

const ERRORS_SHOWN = 20
const TEXT_MAX = 2_000

/**
 * JUnit XML, which every CI reads: one test case for each objective, and one for the run as a whole, which
 * is red where its verdict is bad for another reason. Some case is red exactly when the exit code of the
 * verdict is not 0.
 */
export function junit(file: ReportFile, options: JunitOptions = {}): string {
  return junitDocument([runSuite(file, options)])
}

/** The document of some runs. */
export function junitDocument(suites: readonly TestSuite[]): string {
  const counts = countsOf(suites.flatMap(({ outcomes }) => outcomes))
  const seconds = suites.reduce((sum, each) => sum + each.seconds, 0).toFixed(3)
  const xml = suites.map((each) => each.xml)
  const whole = element('testsuites', { name: 'k6-verdict', ...counts, time: seconds }, xml)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}\n`
}

/** A run as a test suite. */
export function runSuite(
  file: ReportFile,
  { strict = false, allowed }: JunitOptions = {},
): TestSuite {
  const { run, delivery, objectives } = file
  const own = objectives.map((row) => objectiveOutcome(row, strict))
  const outcomes = asAllowed([runOutcome(file, own, strict), ...own], allowed)
  const [whole, ...rows] = outcomes as [CaseOutcome, ...CaseOutcome[]]
  const time = delivery.elapsedSeconds.toFixed(3)
  const classname = `${run.workload}.${run.scenario}`
  const cases = [
    testCase({ classname, name: 'run', time }, whole),
    ...rows.flatMap((outcome, index) => {
      const row = objectives[index]
      if (!row) return []
      const name = `${row.id}: ${row.indicator} ${row.limit}`
      return [testCase({ classname, name, time: '0' }, outcome, outputOf(row))]
    }),
  ]
  const xml = element(
    'testsuite',
    {
      name: `${run.scenario} on ${run.workload}`,
      ...countsOf(outcomes),
      time,
      // The format knows no time zone.
      timestamp: run.startedAt.slice(0, 19),
      hostname: run.host?.name,
    },
    [element('properties', {}, properties(file)), ...cases, ...errorLines(file)],
  )
  return { xml, outcomes, seconds: delivery.elapsedSeconds }
}

/** A test suite of one case, for what left no verdict. */
export function singleSuite(name: string, outcome: CaseOutcome, seconds = 0): TestSuite {
  const time = seconds.toFixed(3)
  const xml = element('testsuite', { name, ...countsOf([outcome]), time }, [
    testCase({ classname: name, name: 'run', time }, outcome),
  ])
  return { xml, outcomes: [outcome], seconds }
}

/** Whether a case is red. */
export function isRed({ kind }: CaseOutcome): boolean {
  return kind === 'failure' || kind === 'error'
}

function asAllowed(outcomes: CaseOutcome[], allowed: AllowedEnd | undefined): CaseOutcome[] {
  if (!allowed) return outcomes
  if (allowed.isMet) return outcomes.map(allowedOutcome)
  const [whole, ...rest] = outcomes
  if (!whole || outcomes.some(isRed)) return outcomes
  return [{ kind: 'failure', type: whole.type, message: allowed.message }, ...rest]
}

function allowedOutcome(outcome: CaseOutcome): CaseOutcome {
  const { type, message = type } = outcome
  return isRed(outcome) ? { kind: 'passed', type, note: `allowed: ${message}` } : outcome
}

function countsOf(outcomes: readonly CaseOutcome[]) {
  const count = (kind: CaseOutcome['kind']): number =>
    outcomes.filter((outcome) => outcome.kind === kind).length
  return {
    tests: outcomes.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  }
}

function testCase(
  attributes: { classname: string; name: string; time: string },
  { kind, type, message = '', note }: CaseOutcome,
  output?: string,
): string {
  const text = [note, output].filter((line) => line !== undefined).join('\n')
  const short = cut(message, TEXT_MAX)
  const result = {
    passed: [],
    failure: [element('failure', { type, message: short }, short)],
    error: [element('error', { type, message: short }, short)],
    skipped: [element('skipped', { message: short }, [])],
  }[kind]
  const told = text === '' ? [] : [element('system-out', {}, text)]
  return element('testcase', attributes, [...result, ...told])
}

function outputOf(row: ObjectiveResult): string | undefined {
  if (row.verdict === 'not in this run') return undefined
  const { samples, limit, description } = row
  const about = description === undefined ? '' : `: ${description}`
  return [
    `${nameText(row)}${about}`,
    `measured ${measuredText(row)}, limit ${limit}, 90% interval ${intervalText(row)}, ` +
      `windows ${windowsText(row)}, samples ${samples ?? 0}`,
  ].join('\n')
}

function properties({ run, reasons, wouldBe, ...judgement }: ReportFile): string[] {
  const { versions, settings, plan, git } = run
  const values = {
    verdict: verdictText(judgement),
    wouldBe: wouldBe && verdictText(wouldBe),
    reasons: reasons.map(({ code }) => code).join(' ') || undefined,
    run: run.id,
    command: run.command,
    scenario: run.scenario,
    workload: run.workload,
    profile: plan?.profile,
    seed: settings.seed,
    timeScale: settings.timeScale,
    target: run.target.sandbox ? 'sandbox' : run.target.base,
    'version.toolkit': versions?.toolkit,
    'version.k6': versions?.k6,
    'version.node': versions?.node,
    commit: git?.commit,
  }
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => element('property', { name, value }, []))
}

function errorLines({ errors }: ReportFile): string[] {
  if (errors.length === 0) return []
  const shown = errors.slice(0, ERRORS_SHOWN).map((error) => cut(error, TEXT_MAX))
  return [element('system-err', {}, shown.join('\n'))]
}
