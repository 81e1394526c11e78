import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sample, seconds } from '../../tests/support/verdict/generator-example.ts'
import { perSecondOf, thinned } from './generator-per-second.ts'

test('a second has the CPU of everybody, and what k6 waited in all of it', () => {
  const known = sample(2, {
    spanMs: 2_000,
    sandboxCpuCores: 0.4,
    k6WaitingThreads: 0.5,
    k6PausedShare: 0.001,
  })

  assert.deepEqual(perSecondOf([known]), [
    {
      atMs: known.atMs,
      k6Cpu: 1,
      sandboxCpu: 0.4,
      othersCpu: 0.1,
      idleCpu: 0.7,
      stealCpu: 0,
      k6WaitSeconds: 1,
      k6WaitMs: 0.02,
      gcPauseSeconds: 0.002,
      k6MemoryBytes: known.k6MemoryBytes,
    },
  ])
})

test('a second whose CPU is not known is left out, one without a wait is kept without it', () => {
  const unknown = sample(1, { k6CpuCores: undefined })
  const [kept, ...more] = perSecondOf([unknown, sample(2, { k6WaitingThreads: undefined })])

  assert.deepEqual(more, [])
  assert.equal(kept?.atMs, sample(2).atMs)
  assert.equal('k6WaitSeconds' in kept, false)
})

test('a long run is drawn by means, and the highest memory', () => {
  const all = perSecondOf([
    ...seconds(3),
    sample(4, { k6CpuCores: 2, k6WaitingThreads: 0.4, k6MemoryBytes: 9 }),
    sample(5, { k6CpuCores: 0.5, stealCpuCores: undefined }),
  ])
  const points = thinned(all, 3)

  assert.deepEqual(
    points.map(({ atMs, k6Cpu, k6WaitSeconds }) => [atMs, k6Cpu, k6WaitSeconds]),
    [
      [all[1]?.atMs, 1, 0.1],
      [all[3]?.atMs, 1.5, 0.25],
      [all[4]?.atMs, 0.5, 0.1],
    ],
  )
  assert.equal(points[1]?.k6MemoryBytes, seconds(1)[0]?.k6MemoryBytes)
  assert.deepEqual(thinned(all, 5), all)
})
