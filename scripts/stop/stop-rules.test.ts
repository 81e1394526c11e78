import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunPlan } from '../../lib/plan.ts'
import { clock, inOrder, START_US, stream } from '../../tests/support/samples/live-example.ts'
import type { LiveRow } from '../samples/live-row.ts'
import { compileAll, createPlan } from '../../tests/support/sla/example.ts'
import { createStopRules } from './stop-rules.ts'

// The plan: warm-up to 10 s, ramp-up to 30 s, hold to 90 s, ramp-down to 100 s.
const STOP = { stop: { after: '20s' } }
const ERRORS = { id: 'errors', indicator: 'error-ratio', limit: '< 10%', ...STOP }
const FAILED = { expected_response: 'false', status: '500' }
const GOOD = { from: 0, to: 100, perSecond: 50 }

test('an objective that is missed for long enough stops the run and says why', () => {
  // A quarter of the requests fails from 40 s on; with the seconds before, 10 % are reached at 43 s.
  const bad = stream({ from: 40, to: 100, perSecond: 50 / 3, tags: FAILED })

  assert.deepEqual(replay([ERRORS], [stream(GOOD), bad]), {
    id: 'errors',
    reason: 'error-ratio 25.0375% over the last 10 s, expected < 10%, for 20 s',
    // The last of the twenty seconds, and one more to wait for late samples.
    seconds: 43 + 20 + 1,
  })
})

test('requests that a script calls nobody’s service level stop no run', () => {
  const bad = stream({ from: 40, to: 100, perSecond: 50, tags: { ...FAILED, judged: 'no' } })

  assert.equal(replay([ERRORS], [stream(GOOD), bad]), undefined)
})

test('the run goes on when the misses end in time', () => {
  const bad = { perSecond: 50, tags: FAILED }
  const spells = [stream({ ...bad, from: 40, to: 49 }), stream({ ...bad, from: 65, to: 74 })]

  assert.equal(replay([ERRORS], [stream(GOOD), ...spells]), undefined)
})

test('windows are never longer than the patience', () => {
  const bad = stream({ from: 40, to: 43, perSecond: 500, tags: FAILED })
  const stop = { after: '2500ms' }

  assert.equal(replay([ERRORS], [stream(GOOD), bad]), undefined)
  assert.match(
    replay([{ ...ERRORS, stop }], [stream(GOOD), bad])?.reason ?? '',
    /over the last 3 s, expected < 10%, for 3 s$/,
  )
})

test('a window with too few samples says nothing, and the count begins anew', () => {
  const bad = (from: number, to: number): LiveRow[] =>
    stream({ from, to, perSecond: 3, tags: FAILED })

  assert.equal(replay([ERRORS], [bad(30, 49), bad(61, 80)]), undefined)
  assert.ok(replay([ERRORS], [bad(30, 80)]))
  assert.equal(replay([ERRORS], [stream({ ...GOOD, perSecond: 1.9, tags: FAILED })]), undefined)
})

test('a percentile needs ten samples above it', () => {
  const latency = { indicator: { latency: 'p95' }, limit: '< 200ms', ...STOP }
  const slow = { ...GOOD, value: 300 }

  assert.equal(replay([latency], [stream({ ...slow, perSecond: 19 })]), undefined)
  assert.equal(
    replay([latency], [stream({ ...slow, perSecond: 21 })])?.reason,
    'latency p95 300 ms over the last 10 s, expected < 200ms, for 20 s',
  )
})

test('latency is that of expected responses', () => {
  const latency = { indicator: { latency: 'p50' }, limit: '< 200ms', ...STOP }
  const slow = stream({ ...GOOD, perSecond: 500, value: 300, tags: FAILED })

  assert.equal(replay([latency], [stream(GOOD), slow]), undefined)
})

for (const [what, failures] of [
  ['warm-up', stream({ ...GOOD, to: 10, tags: FAILED })],
  ['ramp-down', stream({ ...GOOD, from: 90.1, to: 120, tags: FAILED })],
  ['a log-in', stream({ ...GOOD, tags: { ...FAILED, operation: 'auth' } })],
  ['setup', stream({ ...GOOD, tags: { ...FAILED, scenario: undefined } })],
  ['what comes after the plan', stream({ ...GOOD, from: 100.1, to: 119, tags: FAILED })],
] as const) {
  test(`failures of ${what} do not stop the run`, () => {
    assert.equal(replay([{ ...ERRORS, stop: { after: '5s' } }], [[...failures]]), undefined)
  })
}

test('a request belongs to the phase in which it began, and is seen when it ends', () => {
  // A target that hangs in the hold: its requests time out in the ramp-down, which is not judged.
  const hung = stream({ from: 90, to: 100, perSecond: 50, value: 15_000, tags: FAILED })
  const rule = { ...ERRORS, stop: { after: '5s' } }

  assert.equal(replay([rule], [hung])?.seconds, 90 + 5 + 1)
  assert.equal(replay([{ ...rule, phases: ['ramp-down'] }], [hung]), undefined)
})

test('an objective about some requests stops because of those only', () => {
  const bad = (name: string): LiveRow[] => stream({ ...GOOD, tags: { ...FAILED, name } })
  const where = { endpoint: 'GET /v1/history' }

  assert.equal(replay([{ ...ERRORS, where }], [bad('POST /v1/enhance')]), undefined)
  assert.ok(replay([{ ...ERRORS, where }], [bad('GET /v1/history')]))
  assert.equal(
    replay([{ ...ERRORS, each: 'endpoint' }], [bad('GET /v1/history')])?.id,
    'errors [GET /v1/history]',
  )
})

const accuracy = { metric: 'technique_accuracy', perSecond: 10 }
const bytes = { metric: 'data_received', perSecond: 10, value: 1_000 }
const judged = { from: 30, to: 90 }

for (const { indicator, limit, bad, good } of [
  {
    indicator: 'availability',
    limit: '>= 99%',
    bad: stream({ ...GOOD, tags: FAILED }),
    good: stream(GOOD),
  },
  {
    indicator: { apdex: '100ms' },
    limit: '>= 60%',
    bad: stream({ ...GOOD, value: 400 }),
    good: inOrder(stream({ ...GOOD, value: 400 }), stream({ ...GOOD, value: 100 })),
  },
  {
    indicator: { apdex: '200ms' },
    limit: '>= 60%',
    bad: inOrder(stream(GOOD), stream({ ...GOOD, tags: FAILED })),
    good: inOrder(stream(GOOD), stream({ ...GOOD, value: 800 })),
  },
  {
    indicator: { share: 'technique_accuracy' },
    limit: '>= 95%',
    bad: stream({ ...accuracy, ...judged, value: 0 }),
    good: stream({ ...accuracy, ...judged, value: 1 }),
  },
  {
    indicator: { rate: 'http_reqs' },
    limit: '>= 50/s',
    bad: stream({ ...GOOD, perSecond: 49 }),
    // Within what is under way at the two ends of a window.
    good: stream({ ...GOOD, perSecond: 49.6 }),
  },
  {
    indicator: { rate: 'data_received' },
    limit: '< 10KB/s',
    bad: stream({ ...bytes, ...judged, perSecond: 11 }),
    good: stream({ ...bytes, ...judged, perSecond: 9 }),
  },
  {
    indicator: { count: 'dropped_iterations' },
    limit: '< 100 total',
    bad: stream({ from: 40, to: 41, perSecond: 100, metric: 'dropped_iterations', value: 1 }),
    good: stream({ from: 40, to: 41, perSecond: 99, metric: 'dropped_iterations', value: 1 }),
  },
]) {
  test(`${JSON.stringify(indicator)} ${limit} stops a run that misses it, and no other`, () => {
    const objective = { indicator, limit, ...STOP }

    assert.match(replay([objective], [bad])?.reason ?? 'none', /, for 20 s$/)
    assert.equal(replay([objective], [good]), undefined)
  })
}

test('a rate is not judged over a part of a window', () => {
  const rate = { indicator: { rate: 'http_reqs' }, limit: '>= 50/s', phases: ['hold'] }
  const busy = stream({ ...GOOD, ...judged })

  assert.equal(replay([{ ...rate, stop: { after: '1s' } }], [busy]), undefined)
})

test('a target that answers nothing misses a rate', () => {
  const rate = { indicator: { rate: 'http_reqs' }, limit: '>= 50/s', ...STOP }

  assert.equal(
    replay([rate], [stream({ ...GOOD, to: 40 })])?.reason,
    'rate of http_reqs 0/s over the last 10 s, expected >= 50/s, for 20 s',
  )
})

test('a total keeps what left the window, and counts its seconds one by one', () => {
  const count = { indicator: { count: 'http_reqs' }, limit: '< 2000 total', ...STOP }

  // 50/s from 10 s on, but for one that began before it: the 2000th ends in the second at 50 s.
  assert.deepEqual(replay([count], [stream(GOOD)]), {
    id: 'o-1',
    reason: 'count of http_reqs 2,999, expected < 2000 total, for 20 s',
    seconds: 50 + 20 + 1,
  })
})

test('seconds that nobody recorded prove nothing', () => {
  const all = inOrder(stream({ ...GOOD, tags: FAILED }), clock({ to: 120 }))
  const rules = createRules([{ ...ERRORS, stop: { after: '15s' } }])

  // Twelve seconds are recorded, eight are not, and so on.
  for (const row of all) if (((row.endUs - START_US) / 1e6) % 20 < 12) rules.add(row)
  assert.equal(rules.fired(), undefined)
})

test('nothing is judged before the start of the load is known', () => {
  const rules = createRules([ERRORS], () => undefined)

  for (const row of inOrder(stream({ ...GOOD, tags: FAILED }), clock({ to: 100 }))) rules.add(row)
  assert.equal(rules.fired(), undefined)
})

test('without a stop in this run no metric is wanted', () => {
  const other = { indicator: 'availability', limit: '>= 99%' }
  const absent = { ...ERRORS, scenarios: ['spike'] }

  assert.deepEqual([...createRules([other, absent]).metrics], [])
  assert.deepEqual([...createRules([ERRORS]).metrics], ['http_req_duration', 'vus'])
})

type Objectives = Record<string, unknown>[]

function createRules(objectives: Objectives, startUs: () => number | undefined = () => START_US) {
  const plan: RunPlan = createPlan()
  return createStopRules({
    objectives: compileAll(objectives, plan),
    phases: plan.phases,
    startUs,
  })
}

/** Plays two minutes; returns what stopped them, and when, in seconds since the start. */
function replay(objectives: Objectives, streams: LiveRow[][]) {
  const rules = createRules(objectives)
  for (const row of inOrder(...streams, clock({ to: 120 }))) {
    if (rules.metrics.has(row.metric)) rules.add(row)
    const fired = rules.fired()
    if (fired) return { ...fired, seconds: Math.floor((row.endUs - START_US) / 1e6) }
  }
  return undefined
}
