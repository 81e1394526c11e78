import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Judgement } from '../verdict/verdict.ts'
import {
  createPhase,
  createRun,
  createState,
  createUnstarted,
} from '../../tests/support/suite/example-suite.ts'
import { judgeSuite } from './judge-suite.ts'
import type { RunState, SuiteState } from './suite-state.ts'

const PASS: Judgement = { verdict: 'PASS' }

function codeOf(runs: RunState[], changes: Partial<SuiteState> = {}): [string, number] {
  const { verdict, isClose, exitCode } = judgeSuite(createState(runs, changes), 40)
  return [isClose ? `${verdict} (close)` : verdict, exitCode]
}

describe('the worst run that did not end as allowed decides', () => {
  const cases: [title: string, runs: RunState[], expected: [string, number]][] = [
    ['all pass', [createRun(PASS), createRun(PASS)], ['PASS', 0]],
    ['one is close', [createRun(PASS), createRun({ ...PASS, isClose: true })], ['PASS (close)', 0]],
    [
      'one fails',
      [createRun({ verdict: 'NO_DATA' }), createRun({ verdict: 'FAIL' })],
      ['FAIL', 99],
    ],
    ['one has no data', [createRun(PASS), createRun({ verdict: 'NO_DATA' })], ['NO_DATA', 90]],
    [
      'one is invalid',
      [createRun({ verdict: 'INVALID' }), createRun({ verdict: 'FAIL' })],
      ['INVALID', 91],
    ],
    [
      'FAIL is allowed',
      [createRun({ verdict: 'FAIL' }, { allowed: ['PASS', 'FAIL'] })],
      ['PASS', 0],
    ],
    ['PASS is not allowed', [createRun(PASS, { allowed: ['FAIL'] })], ['FAIL', 99]],
    ['nothing was judged', [createRun({ verdict: 'NO_OBJECTIVES' })], ['NO_DATA', 90]],
    [
      'one left no verdict',
      [createUnstarted({ startedAt: '2026-12-01T10:00:00Z', exitCode: 0 })],
      ['INVALID', 91],
    ],
    [
      'one was not prepared',
      [createUnstarted({ notStarted: 'preparation failed' })],
      ['INVALID', 91],
    ],
    ['one was given up', [createUnstarted({ notStarted: 'earlier failure' })], ['NO_DATA', 90]],
    ['there is none', [], ['NO_DATA', 90]],
  ]
  for (const [title, runs, expected] of cases) {
    test(title, () => assert.deepEqual(codeOf(runs), expected))
  }
})

test('with --strict a close PASS fails the suite', () => {
  const runs = [createRun({ ...PASS, isClose: true })]
  assert.deepEqual(codeOf(runs, { isStrict: true }), ['PASS (close)', 99])
})

test('a suite that was stopped is INVALID with its own exit code, whatever was measured', () => {
  const runs = [createRun(PASS), createUnstarted({ notStarted: 'stopped' })]
  const state = createState(runs, { isStopped: true })
  const { verdict, exitCode, reasons } = judgeSuite(state, 41)
  assert.deepEqual([verdict, exitCode], ['INVALID', 105])
  assert.equal(reasons[0], 'Stopped by the user after 41 s of 60 s')
})

test('what decides is said first, with its cause, and a failed cleanup last', () => {
  const cleanup = [{ command: 'rm x', seconds: 1, exitCode: 3 }]
  const failed = createRun({ verdict: 'FAIL' }, { label: 'spike' })
  if (failed.outcome) failed.outcome.causes = ['latency-p95: 218 ms, expected < 200ms']
  const runs = [createRun({ verdict: 'NO_DATA' }), failed]
  const state = createState([], { phases: [createPhase({ runs, cleanup })] })
  assert.deepEqual(judgeSuite(state, 40).reasons, [
    'spike ended with FAIL, and only PASS is allowed: latency-p95: 218 ms, expected < 200ms',
    'load ended with NO_DATA, and only PASS is allowed',
    'The cleanup of peak failed: "rm x" ended with exit code 3',
  ])
})

test('a run that is strict itself fails with a close PASS, as it does by hand', () => {
  const close = { verdict: 'PASS', isClose: true } as const
  const usual = judgeSuite(createState([createRun(close)]), 60)
  assert.equal(usual.exitCode, 0)
  const strict = judgeSuite(createState([createRun(close, { isStrict: true })]), 60)
  assert.equal(strict.exitCode, 99)
  assert.match(
    strict.reasons[0] ?? '',
    /ended with PASS \(close\), and strict allows no close PASS/,
  )
})
