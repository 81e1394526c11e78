// Whatever can be measured of requests gives the same of operations that took as long and failed as often.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileObjectives } from '../sla/compile.ts'
import {
  catalogue,
  compileAll,
  createPlan,
  createSla,
  problemsOf,
} from '../../tests/support/sla/example.ts'
import { validateSla } from '../sla/validate-sla.ts'
import { measureRaw, openExample } from '../../tests/support/verdict/example-judging.ts'
import {
  asOperations,
  type ExampleSample,
  requests,
} from '../../tests/support/verdict/example-recording.ts'
import { INDICATOR_NAMES, INDICATORS } from './indicators.ts'

const CASES: Record<string, { indicator: unknown; limit: string }> = {
  'error-ratio': { indicator: 'error-ratio', limit: '< 1%' },
  availability: { indicator: 'availability', limit: '>= 99%' },
  latency: { indicator: { latency: 'p95' }, limit: '< 200ms' },
  apdex: { indicator: { apdex: '20ms' }, limit: '>= 90%' },
  drift: { indicator: { drift: 'latency.p50' }, limit: '< 10%' },
  'recovery-time': { indicator: 'recovery-time', limit: '< 5s' },
}

const SPIKE = {
  phases: [
    { name: 'hold', startSeconds: 0, endSeconds: 40, target: 10 },
    { name: 'spike-1', startSeconds: 40, endSeconds: 50, target: 100 },
    { name: 'recovery-1', startSeconds: 50, endSeconds: 90, target: 10 },
  ],
}

/** Every tenth fails, each second is slower than the one before, and what follows the spike even more. */
const LOAD = requests({
  from: 0,
  to: 90,
  perSecond: 50,
  durationMs: (at, index) => 10 + (index % 7) + at / 10 + (at > 40 && at < 53 ? 400 : 0),
  status: (_, index) => (index % 10 === 3 ? 503 : 200),
})

/** Of requests, which no objective of operations may look at. */
const OTHERS: ExampleSample[] = requests({ from: 0, to: 90, perSecond: 9, durationMs: 1 })

describe('operations are measured as requests are', () => {
  for (const [name, raw] of Object.entries(CASES)) {
    test(name, async (t) => {
      const plan = name === 'recovery-time' ? SPIKE : {}
      const asRequests = await openExample(t, { samples: LOAD, plan })
      const expected = await measureRaw(asRequests, raw)
      const samples = [...asOperations(LOAD), ...OTHERS]
      const context = await openExample(t, { samples, plan })
      const { sql, ...found } = await measureRaw(context, { ...raw, of: 'operation' })
      assert.ok(found.samples > 100)
      assert.deepEqual({ ...found, sql: '' }, { ...expected, sql: '' })
      assert.match(sql, /FROM operations/)
      assert.doesNotMatch(sql, /FROM requests/)
    })
  }

  test('these are all that can be', () => {
    const names = INDICATOR_NAMES.filter((name) => INDICATORS[name].ofOperations)
    assert.deepEqual(names.sort(), Object.keys(CASES).sort())
  })
})

test('each operation is judged by itself', async (t) => {
  const slow = requests({
    from: 30,
    to: 90,
    perSecond: 10,
    durationMs: 900,
    tags: { operation: 'history' },
  })
  const fast = requests({ from: 30, to: 90, perSecond: 10, durationMs: 20 })
  const context = await openExample(t, { samples: asOperations([...slow, ...fast]) })
  const raw = { ...CASES['latency'], of: 'operation' }
  for (const [operation, ms] of [
    ['history', 900],
    ['enhance', 20],
  ] as const) {
    const { value } = await measureRaw(context, { ...raw, where: { operation } })
    assert.equal(value, ms)
  }
  assert.deepEqual(
    compileAll([{ id: 'p95', ...raw, each: 'operation' }]).map(({ id }) => id),
    ['p95 [enhance]', 'p95 [history]'],
  )
})

test('an operation that does not say how it ended has failed, and log-ins are none', async (t) => {
  const samples = asOperations(requests({ from: 30, to: 90, perSecond: 10 }))
  const silent = samples.map((each, index) => {
    return index % 4 === 0
      ? { ...each, tags: { ...each.tags, expected_response: undefined } }
      : each
  })
  const logIns = samples.map((each) => ({ ...each, tags: { ...each.tags, operation: 'auth' } }))
  const context = await openExample(t, { samples: [...silent, ...logIns] })
  const raw = { indicator: 'error-ratio', limit: '< 1%', of: 'operation' }
  const { samples: count, value } = await measureRaw(context, raw)
  assert.deepEqual([count, value], [600, 0.5])
})

describe('k6 holds thresholds on the metrics of operations', () => {
  const cases: [name: string, threshold: [metric: string, aggregate: string]][] = [
    ['latency', ['operation_duration{judged:yes,expected_response:true}', 'p(95)']],
    ['error-ratio', ['operation_failed{judged:yes}', 'rate']],
    ['availability', ['operation_failed{judged:yes}', 'rate']],
  ]
  for (const [name, threshold] of cases) {
    test(name, () => {
      const [compiled] = compileAll([{ ...CASES[name], of: 'operation' }])
      const { metric, aggregate, guard } = compiled?.check ?? assert.fail()
      assert.deepEqual([metric, aggregate], threshold)
      assert.equal(guard, 'iterations{judged:yes}')
    })
  }
})

describe('what is of no operation is refused, with what to do', () => {
  const cases: [raw: Record<string, unknown>, expected: RegExp, hint: RegExp][] = [
    [{ indicator: { rate: 'http_reqs' }, limit: '> 1/s' }, /no "of" for rate/, /error-ratio/],
    [{ indicator: { share: 'checks' }, limit: '> 1%' }, /no "of" for share/, /Leave it out/],
    [{ indicator: 'delivered-load', limit: '> 9%' }, /no "of" for delivered-load/, /latency/],
    [{ ...CASES['latency'], each: 'endpoint' }, /no "of" beside "each": "endpoint"/, /"operation"/],
    [
      { ...CASES['latency'], where: { endpoint: 'POST /v1/enhance' } },
      /no "of" beside "where.endpoint"/,
      /"operation"/,
    ],
  ]
  for (const [raw, expected, hint] of cases) {
    test(expected.source, () => {
      const [problem, ...more] = problemsOf({ ...raw, of: 'operation' })
      assert.equal(problem?.path, 'objectives[0].of')
      assert.match(problem.expected, expected)
      assert.match(problem.hint, hint)
      assert.deepEqual(more, [])
      assert.deepEqual(problemsOf({ ...raw, of: 'request' }), [])
    })
  }

  test('another word', () => {
    const [problem] = problemsOf({ ...CASES['latency'], of: 'operations' })
    assert.equal(problem?.path, 'objectives[0].of')
  })
})

test('a script that measures no operations has nothing to judge', () => {
  const read = validateSla(createSla({ ...CASES['latency'], of: 'operation' }), catalogue)
  assert('sla' in read)
  const context = { plan: createPlan(), scenario: 'load' }
  const [without] = compileObjectives(read.sla, { ...context, metrics: {} })
  assert.match(without?.absence ?? '', /measures no operations/)
  const [found] = compileObjectives(read.sla, { ...context, metrics: { operation_duration: {} } })
  assert.equal(found?.absence, undefined)
})
