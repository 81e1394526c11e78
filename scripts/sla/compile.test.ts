import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunPlan } from '../../lib/plan.ts'
import { compileObjectives } from './compile.ts'
import type { CompiledObjective } from './compiled.ts'
import type { K6Check } from '../indicators/k6-metrics.ts'
import { catalogue, compileAll, createPlan, createSla } from '../../tests/support/sla/example.ts'
import { thresholdOf } from './k6-thresholds.ts'
import { validateSla } from './validate-sla.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }
const ERRORS = { indicator: 'error-ratio', limit: '< 0.1%' }
const RATE = { indicator: { rate: 'http_reqs' }, limit: '>= 1000/s' }
const SHARE = { indicator: { share: 'checks' }, limit: '>= 99.9%' }

function compileOnly(
  objective: Record<string, unknown>,
  plan?: Partial<RunPlan>,
): CompiledObjective | undefined {
  return compileAll([objective], createPlan(plan))[0]
}

function checkOf(objective: Record<string, unknown>): K6Check {
  const check = compileOnly(objective)?.check
  assert(check)
  return check
}

describe('what k6 can express becomes a metric and a threshold', () => {
  const cases: [objective: Record<string, unknown>, metric: string, threshold: string][] = [
    [LATENCY, 'http_req_duration{judged:yes,expected_response:true}', 'p(95)<200'],
    [
      { indicator: { latency: 'p99.5' }, limit: '<= 1s' },
      'http_req_duration{judged:yes,expected_response:true}',
      'p(99.5)<=1000',
    ],
    [ERRORS, 'http_req_failed{judged:yes}', 'rate<0.001'],
    [
      { indicator: 'availability', limit: '>= 99.9%' },
      'http_req_failed{judged:yes}',
      'rate<=0.001',
    ],
    [
      { indicator: 'availability', limit: '> 99.95%' },
      'http_req_failed{judged:yes}',
      'rate<0.0005',
    ],
    [SHARE, 'checks{judged:yes}', 'rate>=0.999'],
    [
      { indicator: { count: 'prompts_enhanced' }, limit: '>= 10 total' },
      'prompts_enhanced{judged:yes}',
      'count>=10',
    ],
    [
      { indicator: { count: 'data_received' }, limit: '< 5MB' },
      'data_received{judged:yes}',
      'count<5000000',
    ],
    [
      { indicator: { count: 'dropped_iterations' }, limit: '< 1 total' },
      'dropped_iterations',
      'count<1',
    ],
    // Judged are ramp-up (20 s) and hold (60 s); a tenth of a second is left for the edges of a phase.
    [RATE, 'http_reqs{judged:yes}', 'count>=79900'],
    [{ ...RATE, phases: ['hold'] }, 'http_reqs{judged:yes,phase:hold}', 'count>=59900'],
    [
      { indicator: { rate: 'http_reqs' }, limit: '>= 0.1/s', phases: ['hold'] },
      'http_reqs{judged:yes,phase:hold}',
      'count>=5.99',
    ],
    [{ ...ERRORS, phases: ['ramp-up', 'hold'] }, 'http_req_failed{judged:yes}', 'rate<0.001'],
    [
      { ...ERRORS, phases: ['hold', 'spike-1'] },
      'http_req_failed{judged:yes,phase:hold}',
      'rate<0.001',
    ],
    [
      { ...ERRORS, where: { endpoint: 'POST /v1/enhance', segment: 'pro' } },
      'http_req_failed{judged:yes,name:POST /v1/enhance,segment:pro}',
      'rate<0.001',
    ],
    [
      { indicator: { statistic: 'p95 of cost_usd' }, limit: '< 0.001 units' },
      'cost_usd{judged:yes}',
      'p(95)<0.001',
    ],
    [
      { indicator: { statistic: 'avg of http_req_waiting' }, limit: '<= 1.5s' },
      'http_req_waiting{judged:yes}',
      'avg<=1500',
    ],
  ]
  for (const [objective, metric, threshold] of cases) {
    test(`${metric} ${threshold}`, () => {
      const check = checkOf(objective)
      assert.equal(check.metric, metric)
      assert.equal(thresholdOf(check), threshold)
    })
  }
})

describe('what k6 cannot express has no check, and is judged all the same', () => {
  const cases: Record<string, unknown>[] = [
    { indicator: 'recovery-time', limit: '< 5m' },
    { indicator: 'delivered-load', limit: '>= 99%' },
    { indicator: { drift: 'latency.p95' }, limit: '< 10%' },
    { indicator: { apdex: '200ms' }, limit: '>= 94%' },
    { indicator: { statistic: 'max of vus' }, limit: '>= 100 units' },
    { ...LATENCY, windows: { length: '10s', violating: '<= 5%' } },
    { ...LATENCY, phases: ['warm-up'] },
    { ...LATENCY, phases: ['warm-up', 'hold'] },
    { ...LATENCY, where: { segment: 'free, trial' } },
    { ...LATENCY, where: { segment: '"quoted"' } },
  ]
  for (const objective of cases) {
    test(JSON.stringify(objective), () => {
      const compiled = compileOnly(objective)
      assert(compiled)
      assert.equal('check' in compiled, false)
      assert.equal('absence' in compiled, false)
    })
  }
})

describe('what does not concern a run is kept, with the reason', () => {
  const smoke = { judges: 'ratios', model: 'once' } as const
  const cases: [objective: Record<string, unknown>, plan: Partial<RunPlan>, reason: RegExp][] = [
    [{ ...LATENCY, scenarios: ['spike'] }, {}, /applies to spike only/],
    [{ ...LATENCY, scenarios: ['load:peak'] }, { profile: 'normal' }, /load:peak/],
    [{ ...LATENCY, scenarios: ['load:peak'] }, {}, /load:peak/],
    [{ ...LATENCY, phases: ['spike-1'] }, {}, /no phase spike-1/],
    [{ ...LATENCY, where: { region: 'us-east' } }, {}, /no region us-east/],
    [{ ...LATENCY, each: 'region' }, {}, /no regions/],
    [
      RATE,
      { phases: [{ name: 'warm-up', startSeconds: 0, endSeconds: 9, target: 1 }] },
      /no judged/,
    ],
    [LATENCY, smoke, /too few samples/],
    [RATE, smoke, /too few samples/],
    [{ ...ERRORS, windows: { length: '1s', violating: '<= 5%' } }, smoke, /too few samples/],
  ]
  for (const [objective, plan, reason] of cases) {
    test(`${JSON.stringify(objective)} with ${JSON.stringify(plan)}`, () => {
      const compiled = compileOnly(objective, plan)
      assert.match(compiled?.absence ?? '', reason)
      assert.equal(compiled?.check, undefined)
    })
  }
})

test('a smoke run still judges ratios', () => {
  const objectives = [ERRORS, SHARE, { indicator: 'availability', limit: '>= 99%' }]
  const compiled = compileAll(objectives, createPlan({ judges: 'ratios' }))
  assert.deepEqual(
    compiled.map(({ absence, check }) => [absence, check?.aggregate]),
    [
      [undefined, 'rate'],
      [undefined, 'rate'],
      [undefined, 'rate'],
    ],
  )
})

test('an objective for one profile is judged with that profile', () => {
  const objective = { ...LATENCY, scenarios: ['spike', 'load:peak'] }
  const compiled = compileOnly(objective, { profile: 'peak' })
  assert.equal(compiled?.absence, undefined)
  assert(compiled?.check)
})

test('each becomes one objective for every value of the run', () => {
  const plan = createPlan({ regions: ['us-east', 'eu-west'] })
  const compiled = compileAll([{ id: 'regions-p95', ...LATENCY, each: 'region' }], plan)
  assert.deepEqual(
    compiled.map((each) => [each.id, each.check?.guard]),
    [
      ['regions-p95 [us-east]', 'http_reqs{judged:yes,region:us-east}'],
      ['regions-p95 [eu-west]', 'http_reqs{judged:yes,region:eu-west}'],
    ],
  )
})

test('the guard of a share leaves out tags that only its own metric may have', () => {
  const indicator = { share: 'technique_accuracy' }
  const check = checkOf({ indicator, limit: '> 1%', where: { technique: 'few-shot' } })
  assert.equal(check.metric, 'technique_accuracy{judged:yes,technique:few-shot}')
  assert.equal(check.guard, 'iterations{judged:yes}')
})

for (const [percentile, samples] of [
  ['p50', 20],
  ['p95', 200],
  ['p99', 1_000],
  ['p99.5', 2_000],
  ['p99.9', 10_000],
]) {
  test(`${percentile} needs ${samples} samples`, () => {
    const latency = checkOf({ indicator: { latency: percentile }, limit: '< 1s' })
    assert.equal(latency.minimumSamples, samples)
    const statistic = `${percentile} of cost_usd`
    assert.equal(checkOf({ indicator: { statistic }, limit: '< 1 units' }).minimumSamples, samples)
  })
}

test('the compiled objectives are plain JSON, so that a run can keep them', () => {
  const read = validateSla(createSla(LATENCY, RATE), catalogue)
  assert('sla' in read)
  const compiled = compileObjectives(read.sla, { plan: createPlan(), scenario: 'load' })
  assert.deepEqual(JSON.parse(JSON.stringify(compiled)), compiled)
})
