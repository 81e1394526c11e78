import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import { verdictText } from '../verdict/verdict.ts'
import { cut } from '../core/cut.ts'
import type { ReportFile } from './html/report-file.ts'
import { type CaseOutcome, objectiveOutcome, runOutcome } from './junit-outcome.ts'
import { intervalText, measuredText, nameText, windowsText } from './objective-text.ts'
import { element } from './xml.ts'

export interface JunitOptions {
  /** A close PASS fails. */
  strict?: boolean
}

const ERRORS_SHOWN = 20
const TEXT_MAX = 2_000

/**
 * JUnit XML, which every CI reads: one test case for each objective, and one for the run as a whole, which
 * is red where its verdict is bad for another reason. Some case is red exactly when the exit code of the
 * verdict is not 0.
 */
export function junit(file: ReportFile, { strict = false }: JunitOptions = {}): string {
  const { run, delivery, objectives } = file
  const rows = objectives.map((row) => ({ row, outcome: objectiveOutcome(row, strict) }))
  const outcomes = rows.map(({ outcome }) => outcome)
  const whole = runOutcome(file, outcomes, strict)
  const counts = countsOf([whole, ...outcomes])
  const seconds = delivery.elapsedSeconds.toFixed(3)
  const owner = `${run.workload}.${run.scenario}`
  const cases = [
    testCase({ classname: owner, name: 'run', time: seconds }, whole),
    ...rows.map(({ row, outcome }) => {
      const name = `${row.id}: ${row.indicator} ${row.limit}`
      return testCase({ classname: owner, name, time: '0' }, outcome, outputOf(row))
    }),
  ]
  const suite = element(
    'testsuite',
    {
      name: `${run.scenario} on ${run.workload}`,
      ...counts,
      time: seconds,
      // The format knows no time zone.
      timestamp: run.startedAt.slice(0, 19),
      hostname: run.host?.name,
    },
    [element('properties', {}, properties(file)), ...cases, ...errorLines(file)],
  )
  const suites = element('testsuites', { name: 'k6-verdict', ...counts, time: seconds }, [suite])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suites}\n`
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
