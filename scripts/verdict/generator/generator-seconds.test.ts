import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type Changes,
  COLLECTING,
  MIB,
  NO_WAIT,
  seconds,
  SHARED,
  UNKNOWN,
} from '../../../tests/support/verdict/generator-example.ts'
import { generatorSeconds } from './generator-seconds.ts'

describe('a second counts as', () => {
  const cases: [changes: Changes, counted: string[]][] = [
    [{ k6CpuCores: 1.79 }, []],
    [{ k6CpuCores: 1.8 }, ['saturated']],
    [{ k6CpuCores: 0.9, k6ThreadsMax: 1 }, ['saturated']],
    [{ k6WaitMs: 0.49 }, []],
    [{ k6WaitMs: 0.5 }, ['starved']],
    [{ ...SHARED, k6CpuCores: 1.41, othersCpuCores: 0.5 }, ['full']],
    [{ ...SHARED, k6WaitMs: 0.5 }, ['starved', 'full']],
    [{ ...SHARED, stealCpuCores: 0.49 }, ['full']],
    [{ ...SHARED, stealCpuCores: 0.5 }, ['starved', 'full']],
    // Neighbours of the lowest priority take what k6 leaves.
    [{ ...SHARED, k6CpuCores: 0.1, othersCpuCores: 1.9, k6WaitMs: 0.1 }, ['full']],
    [{ idleCpuCores: 0.1, busyCpuCores: 1.9, othersCpuCores: 1 }, []],
    [{ ...SHARED, ...NO_WAIT, othersCpuCores: 0.49 }, ['full']],
    [{ ...SHARED, ...NO_WAIT, othersCpuCores: 0.5 }, ['starved', 'full']],
    [{ ...NO_WAIT, idleCpuCores: 0.1, busyCpuCores: 1.9, othersCpuCores: 1 }, []],
    [
      { ...NO_WAIT, idleCpuCores: 0.09, busyCpuCores: 1.91, othersCpuCores: 0.5 },
      ['starved', 'full'],
    ],
    [{ ...NO_WAIT, idleCpuCores: 0.09, busyCpuCores: 1.91, othersCpuCores: 0.47 }, ['full']],
    [{ k6WaitMs: 0.02, busyCpuCores: undefined, idleCpuCores: undefined }, []],
    [COLLECTING, ['collecting']],
    [{ ...COLLECTING, k6MemoryBytes: 285 * MIB }, []],
    [{ ...COLLECTING, k6BytesPerCollection: 30 * MIB }, []],
    [{ ...COLLECTING, k6BytesPerCollection: undefined }, []],
    [{ ...COLLECTING, k6MemoryLimitBytes: undefined }, []],
    [{ ...UNKNOWN, busyCpuCores: 1.99, idleCpuCores: 0.2 }, []],
    [{ ...UNKNOWN, busyCpuCores: 2, idleCpuCores: 0.2 }, ['unproven']],
    [{ ...UNKNOWN, busyCpuCores: undefined }, ['unproven']],
    [{ busyCpuCores: undefined, othersCpuCores: undefined }, []],
    [{ ...UNKNOWN, busyCpuCores: 2, idleCpuCores: 0, ownCpuCores: 1.6 }, ['full']],
    [{ ...UNKNOWN, busyCpuCores: 2, idleCpuCores: 0, ownCpuCores: 1.5 }, ['full', 'unproven']],
  ]
  for (const [changes, counted] of cases) {
    test(`${counted.join(' and ') || 'sound'} with ${JSON.stringify(changes)}`, () => {
      const found = generatorSeconds(seconds(1, changes), 2)
      const bad = (['saturated', 'starved', 'full', 'collecting', 'unproven'] as const).filter(
        (name) => found[name] > 0,
      )
      assert.deepEqual(bad, counted)
    })
  }
})
