import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnosisLines } from './diagnosis-lines.ts'

const diagnoses = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    return { id: 'x', title: `T${index}`, text: 'why.', advice: 'do', severity: 'info' as const }
  })

test('each diagnosis is a line, up to five', () => {
  assert.deepEqual(diagnosisLines(diagnoses(2)), ['Diagnosis       T0: why.', '  T1: why.'])
  assert.equal(diagnosisLines(diagnoses(5)).at(-1), '  T4: why.')
})

test('of more than five the rest is counted in the fifth line', () => {
  const lines = diagnosisLines(diagnoses(7))
  assert.deepEqual([lines.length, lines.at(-1)], [5, '  3 more in verdict.json'])
})

test('a run without one, or of an older version, has no line', () => {
  assert.deepEqual([diagnosisLines([]), diagnosisLines(undefined)], [[], []])
})

test('a fault of the generator is among the reasons already', () => {
  const [first] = diagnoses(1)
  assert.deepEqual(diagnosisLines(first && [{ ...first, id: 'generator-fault' }]), [])
})
