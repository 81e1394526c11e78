import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printableAll } from '../core/printable.ts'
import {
  createVerdict,
  HOSTILE,
  hostileVerdict,
} from '../../tests/support/report/example-verdict.ts'
import {
  createPhase,
  createRun,
  createState,
  createUnstarted,
} from '../../tests/support/suite/example-suite.ts'
import { judgeSuite } from './judge-suite.ts'
import { runOutcome } from './run-outcome.ts'
import { renderSuitePage } from './suite-page.ts'
import { suiteMarkdown } from './suite-markdown.ts'
import type { RunState, SuiteState } from './suite-state.ts'
import { renderSuite } from './suite-terminal.ts'

/** A suite that has ended, judged. */
function ended(runs: RunState[], changes: Partial<SuiteState> = {}): SuiteState {
  const state = createState(runs, { endedAt: '2026-12-01T10:01:00.000Z', ...changes })
  return { ...state, result: judgeSuite(state, 60) }
}

const REPORTS: [name: string, render: (state: SuiteState) => string][] = [
  ['the page', renderSuitePage],
  ['Markdown', suiteMarkdown],
  ['the terminal', (state) => renderSuite(state, '/results/suite-x')],
]

for (const [name, render] of REPORTS) {
  test(`${name} has each run with its figures, also those that were not made`, () => {
    const failed = createRun({ verdict: 'FAIL' }, { number: 2, label: 'spike' })
    const text = render(
      ended([
        createRun({ verdict: 'PASS' }),
        failed,
        createUnstarted({ number: 3, label: 'last' }),
      ]),
    )
    for (const part of [/FAIL/, /load/, /spike/, /last/, /152 ms \((<|&lt;) 200ms\)/, /120\/s/]) {
      assert.match(text, part)
    }
    assert.doesNotMatch(text, /undefined|NaN|\[object/)
  })

  test(`${name} shows what others have written as text`, () => {
    const outcome = {
      ...runOutcome(hostileVerdict(), { runsAtOnce: 2 }),
      ...{ folder: `..${HOSTILE}`, hasReport: true },
    }
    const run = { ...createRun({ verdict: 'FAIL' }), label: HOSTILE, command: HOSTILE, outcome }
    const commands = [{ command: HOSTILE, seconds: 1, trouble: HOSTILE }]
    const phases = [createPhase({ name: HOSTILE, runs: [run], prepare: commands })]
    const state = ended([], { name: HOSTILE, description: HOSTILE, file: HOSTILE, phases })
    const text = render(printableAll(state))
    assert.doesNotMatch(text, /\u0007|\u0000/)
    if (name !== 'the terminal') assert.doesNotMatch(text, /<img|<!channel|\u001b/)
  })
}

test('an outcome has the p95 beside the limit of its objective, and all requests', () => {
  const { p95, requests, errorRatio, causes } = runOutcome(createVerdict(), { runsAtOnce: 1 })
  assert.deepEqual(p95, { ms: 151.5, limit: '< 200ms', isMet: true })
  assert.deepEqual([requests, errorRatio, causes], [12_000, 5 / 12_000, []])
})

test('a p95 of too few samples has not missed its limit', () => {
  const objectives = createVerdict().objectives.map((row) => ({
    ...row,
    verdict: 'NO_DATA' as const,
  }))
  const { p95 } = runOutcome({ ...createVerdict(), objectives }, { runsAtOnce: 1 })
  assert.equal(p95?.isMet, true)
})
