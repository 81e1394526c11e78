import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  judgeExample,
  judgeRaw,
  measureRaw,
  openExample,
} from '../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  request,
  requests,
  sample,
  users,
} from '../../tests/support/verdict/example-recording.ts'

const RATE = { indicator: { rate: 'http_reqs' }, limit: '>= 10/s', phases: ['hold'] }
const HOLD = { from: 30, to: 90 }

test('a rate is what began in the phase, by its planned time', async (t) => {
  const context = await openExample(t, {
    samples: [
      ...requests({ ...HOLD, perSecond: 10, durationMs: 5_000 }),
      ...requests({ from: 10, to: 30, perSecond: 50, durationMs: 9_000 }),
      ...requests({ ...HOLD, perSecond: 20, tags: { operation: 'auth' } }),
    ],
  })
  const { samples, value } = await measureRaw(context, RATE)
  assert.deepEqual([samples, value], [600, 10])
})

test('failed requests are requests', async (t) => {
  const context = await openExample(t, {
    samples: requests({ ...HOLD, perSecond: 10, status: 500 }),
  })
  assert.equal((await measureRaw(context, RATE)).value, 10)
})

test('a request that is redirected is one request, however many k6 has sent for it', async (t) => {
  const hops = Array.from({ length: 240 }, (_, index) => {
    const at = 30 + index / 4
    const arrives = request({ at: at + 0.02001, durationMs: 30 })
    return [...request({ at, durationMs: 20, status: 307 }), ...arrives]
  }).flat()
  const objectives = [{ ...RATE, limit: '>= 6/s' }]
  const recording = [...hops, ...request({ at: 99.9, durationMs: 50 })]
  const { objectives: judged } = await judgeExample(t, { recording, objectives })
  assert.deepEqual(
    judged.map(({ samples, measured, verdict }) => [samples, measured, verdict]),
    [[240, 4, 'FAIL']],
  )
})

test('a rate of data is the sum of its values', async (t) => {
  const context = await openExample(t, {
    samples: Array.from({ length: 30 }, (_, index) => {
      return sample('data_received', 40 + index, { value: 2_000 })
    }),
  })
  const raw = { indicator: { rate: 'data_received' }, limit: '< 5MB/s', phases: ['hold'] }
  const { samples, value } = await measureRaw(context, raw)
  assert.deepEqual([samples, value], [30, 1_000])
})

describe('a tenth of a second is left for the two ends of a phase, in favour of the target', () => {
  const cases: [limit: string, requests: number, verdict: string, reason?: string][] = [
    ['>= 10/s', 599, 'PASS'],
    ['>= 10/s', 598, 'FAIL', '9.967/s, expected >= 10/s'],
    ['> 10/s', 599, 'FAIL', '9.983/s, expected > 10/s'],
    ['> 10/s', 600, 'PASS'],
    ['<= 10/s', 601, 'PASS'],
    ['<= 10/s', 602, 'FAIL', '10.033/s, expected <= 10/s'],
    ['< 10/s', 600, 'PASS'],
    ['< 10/s', 601, 'FAIL', '10.017/s, expected < 10/s'],
  ]
  for (const [limit, count, verdict, reason] of cases) {
    test(`${count} in 60 s are ${limit}: ${verdict}`, async (t) => {
      const samples = Array.from({ length: count }, (_, index) => {
        return request({ at: 30 + (60 * index) / count, durationMs: 1 })
      }).flat()
      const [row] = await judgeRaw(await openExample(t, { samples }), { ...RATE, limit })
      assert.deepEqual(
        [row?.verdict, row?.reason?.text, row?.measured],
        [verdict, reason, count / 60],
      )
    })
  }
})

describe('what cannot be said', () => {
  const samples = requests({ ...HOLD, perSecond: 100 })
  test('the rate of a run that ended early', async (t) => {
    const context = await openExample(t, { samples, isWhole: false })
    const [row] = await judgeRaw(context, RATE)
    assert.deepEqual(
      [row?.verdict, row?.measured, row?.reason?.text],
      ['NO_DATA', undefined, 'the run ended before its time was over'],
    )
  })

  test('a rate of nothing', async (t) => {
    const [row] = await judgeRaw(await openExample(t, { samples: [] }), RATE)
    assert.deepEqual([row?.verdict, row?.reason?.text], ['NO_DATA', 'no samples'])
  })
})

describe('a count is the sum of what was counted', () => {
  const count = (metric: string) => ({ indicator: { count: metric }, limit: '<= 5 total' })
  const sent = requests({ ...HOLD, perSecond: 1 })
  const cases: [what: string, samples: ExampleSample[], metric: string, value?: number][] = [
    ['of several at once', [sample('prompts_enhanced', 40, { value: 4 })], 'prompts_enhanced', 4],
    ['of requests', sent, 'http_reqs', 60],
    ['outside of judged phases', [sample('prompts_enhanced', 5), ...sent], 'prompts_enhanced', 0],
    ['of nothing, while requests were sent', sent, 'prompts_enhanced', 0],
    ['of nothing, while nothing was sent', [sample('checks', 40)], 'prompts_enhanced'],
    [
      'of what k6 does not tag',
      [sample('dropped_iterations', 40, { value: 7, tags: { operation: undefined } })],
      'dropped_iterations',
      7,
    ],
  ]
  for (const [what, samples, metric, value] of cases) {
    test(what, async (t) => {
      const [row] = await judgeRaw(await openExample(t, { samples }), count(metric))
      const verdict = value === undefined ? 'NO_DATA' : value <= 5 ? 'PASS' : 'FAIL'
      assert.deepEqual([row?.measured, row?.verdict], [value, verdict])
    })
  }

  test('and it is known also of a run that ended early', async (t) => {
    const context = await openExample(t, { samples: sent, isWhole: false })
    const [row] = await judgeRaw(context, count('http_reqs'))
    assert.deepEqual([row?.verdict, row?.measured], ['FAIL', 60])
  })
})

test('a window in which nothing happened has a rate of zero', async (t) => {
  const context = await openExample(t, {
    samples: [
      ...requests({ from: 30, to: 50, perSecond: 20 }),
      ...requests({ from: 60, to: 90, perSecond: 20 }),
    ],
  })
  const windows = { length: '10s', violating: '<= 20%' }
  const measured = await measureRaw(context, { ...RATE, windows })
  assert.deepEqual(
    measured.windows?.values.map(({ value, samples }) => [value, samples]),
    [
      [20, 200],
      [20, 200],
      [0, 0],
      [20, 200],
      [20, 200],
      [20, 200],
    ],
  )
})

test('a missed rate of bytes has no cause: its rows say nothing of how many bytes are missing', async (t) => {
  const answered = [...users(100), ...requests({ from: 0, to: 100, perSecond: 10 })]
  const bytes = Array.from({ length: 600 }, (_, index) => {
    return sample('data_received', 30 + index / 10, { value: index < 300 ? 2_000 : 10 })
  })
  const causesOf = async (metric: string, limit: string) => {
    const objectives = [{ indicator: { rate: metric }, limit, phases: ['hold'] }]
    const judged = await judgeExample(t, { recording: [...answered, ...bytes], objectives })
    assert.equal(judged.objectives[0]?.verdict, 'FAIL')
    return judged.causes.map(({ data }) => data.measured)
  }
  assert.deepEqual(await causesOf('http_reqs', '>= 20/s'), [10])
  assert.deepEqual(await causesOf('data_received', '>= 15KB/s'), [])
})

test('a window may lack what was under way at its edges, as the whole rate may', async (t) => {
  const context = await openExample(t, {
    samples: [
      ...requests({ from: 30, to: 40, perSecond: 19.9 }),
      ...requests({ from: 40, to: 50, perSecond: 19.7 }),
      ...requests({ from: 50, to: 90, perSecond: 20 }),
    ],
  })
  const windows = { length: '10s', violating: '<= 20%' }
  const measured = await measureRaw(context, { ...RATE, limit: '>= 20/s', windows })
  assert.deepEqual(
    measured.windows?.values.slice(0, 3).map(({ samples, isMissed }) => [samples, isMissed]),
    [
      [199, false],
      [197, true],
      [200, false],
    ],
  )
})
