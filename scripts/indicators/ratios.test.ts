import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  judgeExample,
  judgeRaw,
  measureRaw,
  openExample,
} from '../../tests/support/verdict/example-judging.ts'
import { request, requests, sample } from '../../tests/support/verdict/example-recording.ts'

const ERRORS = { indicator: 'error-ratio', limit: '< 1%' }
const AVAILABILITY = { indicator: 'availability', limit: '>= 99%' }
const SHARE = { indicator: { share: 'technique_accuracy' }, limit: '>= 95%' }
const APDEX = { indicator: { apdex: '200ms' }, limit: '>= 94%' }

/** 3,000 requests of the hold phase, of which every 40th fails; others fail elsewhere. */
const SOME_FAIL = [
  ...requests({
    from: 30,
    to: 90,
    perSecond: 50,
    status: (_, index) => (index % 40 === 0 ? 500 : 200),
  }),
  ...requests({ from: 0, to: 10, perSecond: 50, status: 500 }),
  ...requests({ from: 90, to: 105, perSecond: 50, status: 500 }),
  ...requests({ from: 30, to: 90, perSecond: 50, status: 500, tags: { operation: 'auth' } }),
]

test('the error ratio is that of the judged requests, and availability the rest', async (t) => {
  const context = await openExample(t, { samples: SOME_FAIL })
  const errors = await measureRaw(context, ERRORS)
  const availability = await measureRaw(context, AVAILABILITY)
  assert.deepEqual([errors.samples, errors.value], [3_000, 75 / 3_000])
  assert.deepEqual([availability.samples, availability.value], [3_000, 2_925 / 3_000])
  const [{ low, high }, rest] = [errors.interval ?? { low: 0, high: 0 }, availability.interval]
  assert.ok(low > 0.019 && low < 0.025 && high > 0.025 && high < 0.032, `${low} to ${high}`)
  assert.ok(Math.abs(1 - high - (rest?.low ?? 0)) < 1e-12)
  assert.ok(Math.abs(1 - low - (rest?.high ?? 0)) < 1e-12)
})

test('a loop of redirects that k6 has given up is one failed request', async (t) => {
  const loops = Array.from({ length: 240 }, (_, index) => {
    const hops = Array.from({ length: 11 }, (_, hop) => 30 + index / 4 + hop * 0.00501)
    return hops.flatMap((at) => request({ at, durationMs: 5, status: 302 }))
  }).flat()
  const recording = [...loops, ...request({ at: 99.9, durationMs: 50 })]
  const { objectives } = await judgeExample(t, {
    ...{ recording, objectives: [{ ...ERRORS, phases: ['hold'] }] },
    k6: { redirectsGivenUp: 240 },
  })
  assert.deepEqual(
    objectives.map(({ samples, measured, verdict }) => [samples, measured, verdict]),
    [[240, 1, 'FAIL']],
  )
})

test('failures that come in bursts tell less than as many that do not', async (t) => {
  const width = async (status: (at: number, index: number) => number) => {
    const context = await openExample(t, {
      samples: requests({ from: 30, to: 90, perSecond: 50, status }),
    })
    const { value, interval } = await measureRaw(context, ERRORS)
    assert.equal(value, 0.05)
    return (interval?.high ?? 0) - (interval?.low ?? 0)
  }
  const even = await width((_, index) => (index % 20 === 0 ? 500 : 200))
  const burst = await width((_, index) => (index < 150 ? 500 : 200))
  assert.ok(burst > 4 * even, `${burst} and ${even}`)
})

test('no failure at all is no proof of none', async (t) => {
  const context = await openExample(t, { samples: requests({ from: 30, to: 90, perSecond: 10 }) })
  const { value, interval } = await measureRaw(context, ERRORS)
  assert.equal(value, 0)
  assert.equal(interval?.low, 0)
  // Wilson's bound of 600 requests: z^2 / (n + z^2).
  const z2 = 1.6448536269514722 ** 2
  assert.ok(Math.abs(interval.high - z2 / (600 + z2)) < 1e-9, String(interval.high))
})

describe('a limit of all or nothing is held against the count', () => {
  const cases: [failures: number, indicator: string, limit: string, verdict: string][] = [
    [0, 'availability', '>= 100%', 'PASS'],
    [1, 'availability', '>= 100%', 'FAIL'],
    [0, 'error-ratio', '<= 0%', 'PASS'],
    [1, 'error-ratio', '<= 0%', 'FAIL'],
  ]
  for (const [failures, indicator, limit, verdict] of cases) {
    test(`${failures} failures, ${indicator} ${limit}: ${verdict}`, async (t) => {
      const status = (_: number, index: number) => (index < failures ? 500 : 200)
      for (const perSecond of [1, 3.7, 13]) {
        const samples = requests({ from: 30, to: 90, perSecond, status })
        const [row] = await judgeRaw(await openExample(t, { samples }), { indicator, limit })
        assert.equal(row?.verdict, verdict, row?.reason?.text)
      }
    })
  }
})

test('a burst of failures in one window is reported, a few are chance', async (t) => {
  const missed = async (burst: number) => {
    const status = (at: number) => (at >= 60 && at < 60 + burst ? 500 : 200)
    const samples = requests({ from: 30, to: 90, perSecond: 100, status })
    const { windows } = await measureRaw(await openExample(t, { samples }), ERRORS)
    return windows?.values.filter(({ isMissed }) => isMissed).length
  }
  assert.deepEqual([await missed(0.1), await missed(0.5)], [0, 1])
})

test('a share is that of the values which are not zero, judged when they were recorded', async (t) => {
  const values = [1, 0, 1, 2, -1, 0.5, 0, 1]
  const context = await openExample(t, {
    samples: [
      ...values.map((value, index) => sample('technique_accuracy', 40 + index, { value })),
      ...values.map((_, index) => sample('technique_accuracy', index, { value: 0 })),
      ...values.map((_, index) => sample('checks', 40 + index, { value: 0 })),
    ],
  })
  const { samples, value } = await measureRaw(context, SHARE)
  assert.deepEqual([samples, value], [8, 6 / 8])
})

describe('apdex counts one up to the target time, a half up to four times it', () => {
  const cases: [what: string, durationMs: number, status: number, score: number][] = [
    ['at once', 0, 200, 1],
    ['at the target time', 200, 200, 1],
    ['just behind it', 200.000001, 200, 0.5],
    ['at four times it', 800, 200, 0.5],
    ['just behind that', 800.000001, 200, 0],
    ['a failure, however fast', 1, 500, 0],
    ['no answer', 1, 0, 0],
  ]
  for (const [what, durationMs, status, score] of cases) {
    test(what, async (t) => {
      const context = await openExample(t, { samples: request({ at: 40, durationMs, status }) })
      const { samples, value } = await measureRaw(context, APDEX)
      assert.deepEqual([samples, value], [1, score])
    })
  }

  test('and the mean of all', async (t) => {
    const context = await openExample(t, {
      samples: cases.flatMap(([, durationMs, status], index) =>
        request({ at: 40 + index, durationMs, status }),
      ),
    })
    const { samples, value } = await measureRaw(context, APDEX)
    assert.deepEqual([samples, value], [7, 3 / 7])
  })
})

for (const objective of [ERRORS, AVAILABILITY, SHARE, APDEX]) {
  test(`of nothing there is no ${JSON.stringify(objective.indicator)}`, async (t) => {
    const context = await openExample(t, { samples: [] })
    const { sql, ...measured } = await measureRaw(context, objective)
    assert.deepEqual(measured, { samples: 0 })
    assert.match(sql, /^SELECT/)
  })
}

test('one pass shows that it works, not how often: a few requests have no interval', async (t) => {
  const plan = { judges: 'ratios' } as const
  const samples = requests({ from: 40, to: 50, perSecond: 2 })
  const { value, interval, windows } = await measureRaw(
    await openExample(t, { samples, plan }),
    ERRORS,
  )
  assert.deepEqual([value, interval, windows], [0, undefined, undefined])
})
