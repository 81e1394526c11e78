import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { reason } from '../../reasons/reasons.ts'
import type { VerdictFile } from '../../verdict/verdict-file.ts'
import { below } from '../../../tests/support/report/example-rows.ts'
import { exampleVerdictFile } from '../../../tests/support/report-html/example-verdict-file.ts'
import { renderHtml } from './render-html.ts'

const KILLED = reason('K6_KILLED', { elapsedSeconds: 20, plannedSeconds: 60 })
const CUT = reason('ENDED_EARLY', { elapsedSeconds: 20, plannedSeconds: 60 })
const SLOW = reason('LIMIT_MISSED', { measured: 250, limit: below(200) })
const UNSOUND = reason('CLOUD_BROKE', { message: 'no CPU was idle' })
const POOL = reason('POOL_TOO_SMALL', { dropped: 50, offered: 100, advice: 'try more' })

const INVALID = { verdict: 'INVALID', isClose: false, wouldBe: { verdict: 'PASS' } } as const

describe('the box says', () => {
  for (const [what, changes, words] of [
    [
      'a PASS',
      { verdict: 'PASS', isClose: false, reasons: [] },
      'PASS All required objectives are met. Against',
    ],
    [
      'a close PASS',
      { verdict: 'PASS', isClose: true, reasons: [SLOW] },
      'PASS (close) All required objectives are met, but something is left open. 250 ms, expected',
    ],
    [
      'a FAIL',
      { verdict: 'FAIL', isClose: false, reasons: [SLOW] },
      'FAIL The target missed its service levels. 250 ms, expected &lt; 200ms Against',
    ],
    [
      'a close FAIL',
      { verdict: 'FAIL', isClose: true, reasons: [SLOW] },
      'FAIL (close) The target missed its service levels, but that may be chance or the machine. 250',
    ],
    [
      'an INVALID run, its cause first and once',
      { ...INVALID, wouldBe: { verdict: 'FAIL' }, reasons: [KILLED, SLOW] },
      'INVALID The measurement cannot be trusted: k6 was killed by a signal after 20 s of 60 s. ' +
        'Its samples would make it FAIL. 250 ms, expected &lt; 200ms Against',
    ],
  ] satisfies [string, Partial<VerdictFile>, string][]) {
    test(what, () => assert.ok(textOf(changes).includes(words), textOf(changes)))
  }
})

describe('of an INVALID run', () => {
  test('no number of objectives stands without the word that it does not count', () => {
    const text = textOf({ ...INVALID, reasons: [KILLED] })
    assert.match(text, /Objectives held \d+ of \d+ none of it counts/)
    assert.ok(text.includes('These verdicts do not count, as the run is INVALID.'))
  })

  for (const { what, file, words } of [
    {
      what: 'that had its load, the load section does not say that all is well',
      file: { ...INVALID, reasons: [UNSOUND] },
      words: 'Yes: the load was the planned one, but what it measured cannot be trusted.',
    },
    {
      what: 'that had another load, the load section says no, and why',
      file: { ...INVALID, reasons: [POOL] },
      words: `No: the load was not the planned one. ${POOL.text}`,
    },
    {
      what: 'that ended early, the load section says no',
      file: {
        ...INVALID,
        reasons: [CUT],
        delivery: { ...exampleVerdictFile().delivery, end: 'cut-short' },
      },
      words: 'No: the run did not last.',
    },
  ] satisfies { what: string; file: Partial<VerdictFile>; words: string }[]) {
    test(what, () => assert.ok(textOf(file).includes(words), textOf(file)))
  }
})

test('of a run that can be trusted, its objectives count', () => {
  const text = textOf({ verdict: 'FAIL', isClose: false, reasons: [SLOW] })
  assert.doesNotMatch(text, /not count|counts|cannot be trusted/)
  assert.ok(text.includes('Yes: the load was the planned one.'))
})

/** What a reader sees, without the script. */
function textOf(changes: Partial<VerdictFile>): string {
  return renderHtml({ ...exampleVerdictFile(), ...changes })
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}
