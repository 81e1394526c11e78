import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExample } from '../../tests/support/verdict/example-judging.ts'
import { requests } from '../../tests/support/verdict/example-recording.ts'
import { figuresOf } from './figures.ts'

const INPUT = { requests: 'SELECT * FROM requests', percentiles: [50, 95] }

test('figures are those of the judged phases, of all endpoints and of each', async (t) => {
  const hold = { from: 40, to: 80, perSecond: 10 }
  const { database } = await openExample(t, {
    samples: [
      // What warms up would more than double everything.
      ...requests({ from: 0, to: 9, perSecond: 100, durationMs: 900 }),
      ...requests({
        ...hold,
        durationMs: (_, index) => 20 + (index % 11),
        tags: { name: 'GET /a' },
      }),
      ...requests({ ...hold, durationMs: 40, tags: { name: 'GET /b' } }),
      ...requests({ ...hold, perSecond: 1, status: 500, durationMs: 1, tags: { name: 'GET /b' } }),
    ],
  })
  const [all, first, second, ...others] = await figuresOf({ ...INPUT, database })
  assert.deepEqual(others, [])
  assert.deepEqual(
    [all?.endpoint, first?.endpoint, second?.endpoint],
    [undefined, 'GET /a', 'GET /b'],
  )
  assert.deepEqual([all?.requests, all?.samples], [840, 800])
  assert.equal(all?.errorRatio?.value, 40 / 840)
  assert.equal(first?.percentiles['p50']?.value, 25)
  assert.equal(first.errorRatio?.value, 0)
  assert.equal(second?.percentiles['p95']?.value, 40)
  assert.equal(second.samples, 400)
})

test('the interval grows with what differs between seconds', async (t) => {
  const hold = { from: 40, to: 80, perSecond: 20 }
  const spread = (index: number): number => (index * 7) % 20
  const { database } = await openExample(t, {
    samples: [
      ...requests({
        ...hold,
        durationMs: (_, index) => 50 + spread(index),
        tags: { name: 'even' },
      }),
      ...requests({
        ...hold,
        durationMs: (at, index) => 50 + spread(index) + 10 * Math.sin(5 * Math.floor(at)),
        tags: { name: 'varying' },
      }),
    ],
  })
  const figures = await figuresOf({ ...INPUT, database })
  const width = (endpoint: string): number => {
    const { interval } =
      figures.find((each) => each.endpoint === endpoint)?.percentiles['p50'] ?? {}
    return interval ? Math.log(interval.high / interval.low) : NaN
  }
  assert.ok(width('varying') > 2 * width('even'), `${width('varying')} ${width('even')}`)
})

test('nothing that was sent is no figure', async (t) => {
  const { database } = await openExample(t, { samples: [] })
  assert.deepEqual(await figuresOf({ ...INPUT, database }), [])
})
