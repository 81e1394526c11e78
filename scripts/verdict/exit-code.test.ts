import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { exitCode } from './exit-code.ts'
import { reason } from '../reasons/reasons.ts'
import { type Judgement, verdictText } from './verdict.ts'

describe('the exit code is that of the verdict', () => {
  const cases: [Judgement, normal: number, strict: number][] = [
    [{ verdict: 'PASS' }, 0, 0],
    [{ verdict: 'PASS', isClose: true }, 0, 99],
    [{ verdict: 'FAIL' }, 99, 99],
    [{ verdict: 'FAIL', isClose: true }, 99, 99],
    [{ verdict: 'NO_DATA' }, 90, 90],
    [{ verdict: 'INVALID' }, 91, 91],
  ]
  for (const [judgement, normal, strict] of cases) {
    test(`${verdictText(judgement)}: ${normal}, strict ${strict}`, () => {
      assert.equal(exitCode({ ...judgement, reasons: [] }), normal)
      assert.equal(exitCode({ ...judgement, reasons: [] }, { strict: true }), strict)
    })
  }
})

test('what the user has stopped exits as k6 does after a signal', () => {
  const reasons = [reason('STOPPED_BY_USER', { elapsedSeconds: 5, plannedSeconds: 100 })]
  assert.equal(exitCode({ verdict: 'INVALID', reasons }), 105)
})
