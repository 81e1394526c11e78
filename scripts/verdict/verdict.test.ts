import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Judgement, verdictText, verdictWord, worst } from './verdict.ts'

const WORST_FIRST: Judgement[] = [
  { verdict: 'INVALID' },
  { verdict: 'FAIL' },
  { verdict: 'FAIL', isClose: true },
  { verdict: 'NO_DATA' },
  { verdict: 'PASS', isClose: true },
  { verdict: 'PASS' },
]

test('the worst of two is INVALID > FAIL > close FAIL > NO_DATA > close PASS > PASS', () => {
  WORST_FIRST.forEach((bad, index) => {
    for (const better of WORST_FIRST.slice(index)) {
      assert.deepEqual(worst([bad, better]), bad)
      assert.deepEqual(worst([better, bad]), bad)
    }
  })
})

test('the worst of none is NO_DATA', () => {
  assert.deepEqual(worst([]), { verdict: 'NO_DATA' })
})

test('a verdict in words', () => {
  assert.deepEqual(
    WORST_FIRST.map((each) => [verdictText(each), verdictWord(each)]),
    [
      ['INVALID', 'INVALID'],
      ['FAIL', 'FAIL'],
      ['FAIL (close)', 'FAIL'],
      ['NO_DATA', 'NO_DATA'],
      ['PASS (close)', 'MARGINAL'],
      ['PASS', 'PASS'],
    ],
  )
})
