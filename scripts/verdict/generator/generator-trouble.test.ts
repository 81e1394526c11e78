import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  NO_WAIT,
  sample,
  SATURATED,
  SHARED,
} from '../../../tests/support/verdict/generator-example.ts'
import { generatorTrouble } from './generator-seconds.ts'

const TAKEN = { ...SHARED, k6CpuCores: 0.1, othersCpuCores: 1.86 }
const CASES: [what: string, changes: Parameters<typeof sample>[1], told: string | undefined][] = [
  ['a sound second', {}, undefined],
  ['k6 at its limit', SATURATED, 'k6 has no CPU to spare'],
  ['others on a full machine', TAKEN, 'other processes use 1.9 of 2 CPUs'],
  [
    'others that k6 waits for',
    { ...TAKEN, k6WaitMs: 1 },
    'other processes use 1.9 of 2 CPUs, k6 waits',
  ],
  [
    'others where no wait is known',
    { ...TAKEN, ...NO_WAIT },
    'other processes use 1.9 of 2 CPUs, k6 waits',
  ],
  ['the host', { ...SHARED, stealCpuCores: 0.9 }, 'the host takes 0.9 of 2 CPUs, k6 waits'],
  ['others that leave some', { othersCpuCores: 1 }, undefined],
  ['a wait for the sandbox', { ...SHARED, k6WaitMs: 1 }, 'k6 waits for a CPU'],
]
for (const [what, changes, told] of CASES) {
  test(`${what} is ${told ?? 'no trouble'}`, () => {
    assert.equal(generatorTrouble(sample(1, changes), 2), told)
  })
}

test('before the first sample there is none', () => {
  assert.equal(generatorTrouble(undefined, 2), undefined)
})
