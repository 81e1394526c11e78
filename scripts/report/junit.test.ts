import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { exitCode } from '../verdict/exit-code.ts'
import { reason } from '../reasons/reasons.ts'
import { type Judgement, verdictText, worst } from '../verdict/verdict.ts'
import { createRow, everyKind, saying } from '../../tests/support/report/example-rows.ts'
import {
  createVerdict,
  HOSTILE,
  hostileVerdict,
  JUDGEMENTS,
} from '../../tests/support/report/example-verdict.ts'
import { allOf, parseXml, type XmlElement } from '../../tests/support/report/example-xml.ts'
import { junit, type JunitOptions } from './junit.ts'

function casesOf(file: VerdictFile, options?: JunitOptions): XmlElement[] {
  return allOf(parseXml(junit(file, options)), 'testcase')
}

function kindOf(testCase: XmlElement | undefined): string {
  const kinds = testCase?.children.map(({ name }) => name) ?? []
  return kinds.find((name) => name !== 'system-out') ?? 'passed'
}

function kindOfRow(row: Partial<ObjectiveResult>, options?: JunitOptions): string {
  return kindOf(casesOf(createVerdict({ objectives: [createRow(row)] }), options)[1])
}

const SAID = saying('why')

for (const [verdict, kind] of [
  ['PASS', 'passed'],
  ['FAIL', 'failure'],
  ['NO_DATA', 'error'],
  ['INVALID', 'error'],
  ['not in this run', 'skipped'],
] as const) {
  test(`an objective that is ${verdict} is ${kind}`, () => {
    assert.equal(kindOfRow({ verdict, reason: SAID }), kind)
  })
}

test('a close PASS fails where it is strict, and says why where it is not', () => {
  const row = createRow({ isClose: true, reason: SAID })
  assert.equal(kindOfRow(row), 'passed')
  assert.equal(kindOfRow(row, { strict: true }), 'failure')
  const file = createVerdict({ objectives: [row] })
  assert.match(casesOf(file)[1]?.children[0]?.text ?? '', /^PASS \(close\): why$/m)
})

test('a close FAIL fails, and says that it is close', () => {
  const row = createRow({ verdict: 'FAIL', isClose: true, reason: SAID })
  const failure = casesOf(createVerdict({ objectives: [row] }))[1]?.children[0]
  assert.deepEqual([failure?.name, failure?.text], ['failure', 'FAIL (close): why'])
})

for (const judgement of JUDGEMENTS) {
  test(`an advisory objective that is ${verdictText(judgement)} is not red`, () => {
    assert.equal(kindOfRow({ level: 'advisory', ...judgement }, { strict: true }), 'passed')
  })
}

test('some case is red exactly when the exit code is not 0, whatever the reason', () => {
  for (const objective of JUDGEMENTS) {
    for (const strict of [false, true]) {
      for (const own of JUDGEMENTS) {
        const judgement: Judgement = worst([objective, own])
        const file = createVerdict({ ...judgement, objectives: [createRow(objective)] })
        const isRed = casesOf(file, { strict }).some((each) =>
          ['failure', 'error'].includes(kindOf(each)),
        )
        const code = exitCode(file, { strict })
        const what = `${verdictText(judgement)}, objective ${verdictText(objective)}, ${strict}`
        assert.equal(isRed, code !== 0, what)
      }
    }
  }
})

test('a run that is INVALID is an error of its own, with its reasons', () => {
  const reasons = [reason('ENDED_EARLY', { elapsedSeconds: 5, plannedSeconds: 100 })]
  const [run] = casesOf(createVerdict({ verdict: 'INVALID', reasons }))

  assert.equal(run?.attributes['name'], 'run')
  assert.equal(kindOf(run), 'error')
  assert.match(run.children[0]?.attributes['message'] ?? '', /k6 ended after 5 s/)
})

test('a run that fails for its objectives only does not fail twice', () => {
  const file = createVerdict({ verdict: 'FAIL', objectives: everyKind(), reasons: [SAID] })
  assert.equal(kindOf(casesOf(file)[0]), 'passed')
})

test('the counts of the suite are those of its cases', () => {
  const file = createVerdict({ verdict: 'INVALID', objectives: everyKind() })
  const suites = parseXml(junit(file))
  const expected = { tests: '7', failures: '1', errors: '2', skipped: '1' }
  for (const element of [suites, ...suites.children]) {
    const { tests, failures, errors, skipped } = element.attributes
    assert.deepEqual({ tests, failures, errors, skipped }, expected)
  }
})

test('the suite says what ran, and how long', () => {
  const [suite = assert.fail()] = parseXml(junit(createVerdict())).children
  const properties = allOf(suite, 'property').map(({ attributes }) => [
    attributes['name'],
    attributes['value'],
  ])
  const {
    seed,
    scenario,
    workload,
    'version.k6': k6,
  } = Object.fromEntries(properties) as Record<string, string>
  assert.deepEqual([seed, scenario, workload, k6], ['7', 'load', 'better-prompts', 'v2.2.0'])
  assert.equal(suite.attributes['time'], '100.400')
})

test('hostile text comes back as it was, without what XML cannot hold', () => {
  const [, testCase] = casesOf(hostileVerdict())
  const kept = HOSTILE.replaceAll(/[\u0000\u0007\u001b\uD800\uFFFE]/g, '')
  assert.equal(testCase?.attributes['name'], `${kept}: ${kept} ${kept}`)
  assert.equal(testCase.children[0]?.text, `FAIL: ${kept}`)
})

test('an older verdict without versions, plan and host is drawn too', () => {
  const { id, scenario, workload, startedAt, target, settings } = createVerdict().run
  const run = { id, scenario, workload, startedAt, target, settings } as VerdictFile['run']
  const file = createVerdict({ run })
  assert.equal(casesOf(file).length, 2)
})
