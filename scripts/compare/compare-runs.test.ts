import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { comparability } from './comparability.ts'
import { compareRuns } from './compare-runs.ts'
import { differenceEstimate } from '../statistics/estimate-difference.ts'
import { createFigures, createRun } from '../../tests/support/compare/example-figures.ts'
import type { ObjectiveFigure, RunFigures } from './run-figures.ts'

describe('the difference of two estimates', () => {
  const before = {
    value: 100,
    interval: { low: 100 * Math.exp(-0.03), high: 100 * Math.exp(0.03) },
  }
  const now = { value: 120, interval: { low: 120 * Math.exp(-0.04), high: 120 * Math.exp(0.04) } }

  test('adds the squares of their logarithmic errors', () => {
    const { estimate, interval } = differenceEstimate('ratio', before, now) ?? {}
    assert.ok(Math.abs((estimate ?? 0) - Math.log(1.2)) < 1e-12)
    assert.ok(Math.abs((interval?.low ?? 0) - (Math.log(1.2) - 0.05)) < 1e-12)
    assert.ok(Math.abs((interval?.high ?? 0) - (Math.log(1.2) + 0.05)) < 1e-12)
  })

  test("of two shares is Newcombe's example: 56 of 70 less 48 of 80 is 0.0524 to 0.3339", () => {
    // Statistics in Medicine 17(8), 1998, table II, (a), method 10; Wilson's 95 % intervals of the shares.
    const share = (value: number, low: number, high: number) => ({ value, interval: { low, high } })
    const { interval } =
      differenceEstimate('points', share(0.6, 0.4904, 0.7004), share(0.8, 0.6923, 0.877)) ?? {}
    assert.ok(Math.abs((interval?.low ?? 0) - 0.0524) < 6e-4, String(interval?.low))
    assert.ok(Math.abs((interval?.high ?? 0) - 0.3339) < 6e-4, String(interval?.high))
  })

  test('has no interval where one side has none', () => {
    assert.deepEqual(differenceEstimate('points', { value: 1 }, { value: 3 }), { estimate: 2 })
  })
})

describe('a hint needs the whole interval beyond 5 %', () => {
  const objective = (change: Partial<ObjectiveFigure>): RunFigures => {
    const [first] = createRun().objectives
    return createRun({ objectives: first ? [{ ...first, ...change }] : [] })
  }
  const hint = (measured: number, limit = '< 200ms') => {
    const interval = { low: measured * 0.97, high: measured * 1.03 }
    const before = objective({ limit, interval: { low: 97, high: 103 } })
    const [row] = compareRuns(before, objective({ limit, measured, interval })).objectives
    return row?.hint
  }
  test('more of what should be low is worse', () => assert.equal(hint(120), 'worse'))
  test('less of it is better', () => assert.equal(hint(80), 'better'))
  test('less of what should be high is worse', () => assert.equal(hint(80, '>= 50ms'), 'worse'))
  test('6 % is within what varies', () => assert.equal(hint(106), '~'))
})

test('of runs without HTTP requests all operations come first', () => {
  const run = createRun({ traffic: 'operations' })
  assert.equal(compareRuns(run, run).endpoints[0]?.name, 'all operations')
})

test('all endpoints come first, each with its percentiles, errors and rate', () => {
  const { endpoints } = compareRuns(createRun(), createRun())
  assert.deepEqual(
    endpoints.slice(0, 6).map(({ name, indicator }) => `${name} ${indicator}`),
    [
      'all endpoints p50',
      'all endpoints p95',
      'all endpoints p99',
      'all endpoints error-ratio',
      'all endpoints rate',
      'GET /a p50',
    ],
  )
  // 2,000 requests in the 80 s that are neither warm-up nor ramp-down.
  assert.equal(endpoints[4]?.candidate, 25)
})

test('what only one run has is shown without a difference', () => {
  const other = createRun({ endpoints: [createFigures({ endpoint: 'GET /b' })], objectives: [] })
  const { objectives, endpoints } = compareRuns(createRun(), other)
  assert.deepEqual([objectives[0]?.candidate, objectives[0]?.difference], [undefined, undefined])
  assert.ok(endpoints.some(({ name, baseline }) => name === 'GET /b' && baseline === undefined))
})

test('a percentile of too few samples is no number', () => {
  const few = createRun({ endpoints: [createFigures({ samples: 500 })] })
  const { endpoints } = compareRuns(few, few)
  assert.equal(endpoints[1]?.baseline, 100)
  assert.equal(endpoints[2]?.baseline, undefined)
})

describe('runs of different tests are refused, and all differences named', () => {
  const { plan } = createRun()
  const [first, ...others] = plan.phases
  const refused: Record<string, Partial<RunFigures>> = {
    scenario: { scenario: 'spike' },
    workload: { workload: 'orders' },
    profile: { plan: { ...plan, profile: 'peak' } },
    'load model': { plan: { ...plan, model: 'open' } },
    load: { plan: { ...plan, target: 200 } },
    'time scale': { timeScale: 0.1 },
    duration: { plan: { ...plan, durationSeconds: 50 } },
    phases: { plan: { ...plan, phases: first ? [{ ...first, endSeconds: 5 }, ...others] : [] } },
  }
  for (const [name, change] of Object.entries(refused)) {
    test(name, () => {
      const { refusals } = comparability(createRun(), createRun(change))
      assert.ok(
        refusals.some((refusal) => refusal.startsWith(`${name}: `)),
        refusals.join(),
      )
    })
  }
  const warned: Record<string, Partial<RunFigures>> = {
    seed: { seed: 2 },
    target: { isSandbox: true },
    k6: { versions: { toolkit: '0.1.0', k6: 'v2.3.0' } },
    toolkit: { versions: { toolkit: '0.2.0', k6: 'v2.2.0' } },
    machine: { host: { cpus: 8, cpuModel: 'example' } },
  }
  for (const [name, change] of Object.entries(warned)) {
    test(`${name} is a warning`, () => {
      const { refusals, warnings } = comparability(createRun(), createRun(change))
      assert.deepEqual(refusals, [])
      assert.deepEqual(
        warnings.map((warning) => warning.split(':', 1)[0]),
        [name],
      )
    })
  }
  test('the same run is itself', () => {
    assert.deepEqual(comparability(createRun(), createRun()), { refusals: [], warnings: [] })
  })
})
