import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sample, seconds, START_MS } from '../../tests/support/verdict/generator-example.ts'
import { collectionsIn, withCollections } from './generator-file.ts'

const LOG = `gc 7 @2.500s 1%: 0.10+999.80+0.10 ms clock, 0.20+300.00/600.00/99.60+0.20 ms cpu, 40->41->20 MB, 80 MB goal, 0 MB stacks, 0 MB globals, 2 P
time="2026-11-30T10:33:17Z" level=info msg="k6-verdict start spike 1790000000000" source=console
gc 8 @9.0s 1%: 0.01+2.0+0.00 ms clock, 0.02+0.5/1.0/0.48+0.00 ms cpu, 40->41->20 MB, 80 MB goal, 2 P
`

test('collections are read from the log of k6, with all of their CPU', () => {
  const found = collectionsIn(LOG, START_MS)

  assert.deepEqual(
    found.map(({ startMs, endMs, cpuSeconds }) => [
      startMs - START_MS,
      Math.round(endMs - START_MS),
      Number(cpuSeconds.toFixed(6)),
    ]),
    [
      [2_500, 3_500, 1],
      [9_000, 9_002, 0.002],
    ],
  )
  assert.deepEqual(collectionsIn('', START_MS), [])
})

test('a collection is spread over the seconds that it lasted', () => {
  const samples = withCollections(seconds(5), collectionsIn(LOG, START_MS))

  assert.deepEqual(
    samples.map(({ k6CollectingCores = 0 }) => Number(k6CollectingCores.toFixed(3))),
    [0, 0, 0.5, 0.5, 0],
  )
})

test('collections take no more CPU than all of k6 did', () => {
  const samples = seconds(3, { k6CpuCores: 0.2 })

  assert.equal(withCollections(samples, collectionsIn(LOG, START_MS))[2]?.k6CollectingCores, 0.2)
})

test('a k6 that told of none has no such figure', () => {
  const [only] = withCollections([sample(1)], [])

  assert.equal(only?.k6CollectingCores, undefined)
})
