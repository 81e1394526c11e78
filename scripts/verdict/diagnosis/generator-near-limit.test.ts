import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reason } from '../../reasons/reasons.ts'
import { createFacts, createGenerator } from '../../../tests/support/verdict/example-diagnosis.ts'
import { generatorNearLimit } from './generator-near-limit.ts'

const diagnoseGenerator = (changes: Parameters<typeof createGenerator>[0]) =>
  generatorNearLimit(createFacts({ generator: createGenerator(changes) }))

test('80 % of the CPUs is near the limit, 79 % is not', () => {
  const [found] = diagnoseGenerator({ k6CpuCores: { median: 1.6, peak: 2 } })

  assert.equal(found?.text, 'k6 used 80% of its 2 CPUs (median).')
  assert.deepEqual(diagnoseGenerator({ k6CpuCores: { median: 1.58, peak: 2 } }), [])
})

test('80 % of the memory is near the limit, 79 % is not', () => {
  const [found] = diagnoseGenerator({ k6MemoryBytes: { median: 1e8, peak: 8e8 } })

  assert.equal(found?.text, 'k6 used 80% of its memory.')
  assert.deepEqual(diagnoseGenerator({ k6MemoryBytes: { median: 1e8, peak: 7.9e8 } }), [])
})

test('a fault is reported as it is, with its own advice', () => {
  const faults = [reason('CLOCK_JUMPED', { jumpMs: 1_900 })]
  const [found] = diagnoseGenerator({ faults, k6CpuCores: { median: 2, peak: 2 } })

  assert.deepEqual(
    [found?.id, found?.text, found?.advice],
    [
      'generator-fault',
      'The clock jumped by 1.9 s, so samples are in the wrong phase.',
      'Set it before a run, and keep the machine awake.',
    ],
  )
})
