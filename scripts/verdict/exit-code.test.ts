import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { exitCode, type RunEnd } from './exit-code.ts'

describe('a run that k6 finished exits by its verdict', () => {
  const cases: [verdict: RunEnd['verdict'], k6: number, normal: number, strict: number][] = [
    ['PASS', 0, 0, 0],
    ['MARGINAL', 0, 0, 99],
    ['FAIL', 0, 99, 99],
    ['NO_DATA', 0, 90, 90],
    ['INVALID', 0, 91, 91],
    [undefined, 0, 91, 91],
    ['PASS', 99, 0, 0],
    ['MARGINAL', 99, 0, 99],
    ['FAIL', 99, 99, 99],
    ['NO_DATA', 99, 90, 90],
    ['INVALID', 99, 91, 91],
    [undefined, 99, 91, 91],
  ]
  for (const [verdict, k6ExitCode, normal, strict] of cases) {
    test(`${verdict ?? 'no verdict'} and k6 ${k6ExitCode}: ${normal}, strict ${strict}`, () => {
      assert.equal(exitCode({ verdict, k6ExitCode }), normal)
      assert.equal(exitCode({ verdict, k6ExitCode, strict: true }), strict)
    })
  }
})

const VERDICTS = ['PASS', 'MARGINAL', 'FAIL', 'NO_DATA', 'INVALID', undefined] as const

test('a run that an objective stopped exits by its verdict', () => {
  assert.equal(exitCode({ verdict: 'FAIL', k6ExitCode: 105, isStoppedEarly: true }), 99)
})

describe('a run that broke exits with the code of k6, whatever was measured', () => {
  for (const k6 of [97, 98, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110]) {
    test(`${k6}`, () => {
      for (const verdict of VERDICTS) assert.equal(exitCode({ verdict, k6ExitCode: k6 }), k6)
    })
  }
})

describe('anything else is 1, whatever was measured', () => {
  for (const k6ExitCode of [1, 2, 90, 91, 96, 111, 137, 255, -1, undefined]) {
    test(`${k6ExitCode ?? 'killed by a signal'}`, () => {
      for (const verdict of VERDICTS) assert.equal(exitCode({ verdict, k6ExitCode }), 1)
    })
  }
})
