import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunVerdict } from '../scripts/verdict/judge.ts'
import { verdictText } from '../scripts/verdict/verdict.ts'
import { summaryOf } from './summary-of.ts'
import { createK6Plan, runK6 } from './verdict-run.ts'

const PLAN = createK6Plan()
const ERRORS = { indicator: 'error-ratio', limit: '< 1%' }
const EVERY_KIND = [
  { indicator: 'availability', limit: '>= 99.9%' },
  { indicator: { latency: 'p50' }, limit: '< 10s' },
  { indicator: { latency: 'p99.5' }, limit: '< 10s', level: 'advisory' },
  { ...ERRORS, phases: ['hold'], each: 'endpoint', level: 'advisory' },
  { ...ERRORS, where: { endpoint: 'GET /items/{id}' } },
  { indicator: { rate: 'http_reqs' }, limit: '>= 10/s', phases: ['hold'] },
  { indicator: { rate: 'data_received' }, limit: '< 1GB/s' },
  { indicator: { count: 'prompts_enhanced' }, limit: '>= 10 total' },
  { indicator: { count: 'dropped_iterations' }, limit: '< 1 total' },
  { indicator: { share: 'checks' }, limit: '>= 99.9%' },
  { indicator: { share: 'technique_accuracy' }, limit: '>= 95%', level: 'advisory' },
]

function said({ reasons }: RunVerdict): string {
  return reasons.map(({ code, text }) => `${code}: ${text}`).join('\n')
}

describe('the real k6', { concurrency: 2 }, () => {
  test('accepts every kind of objective, and its numbers are read as it meant them', async () => {
    const result = await runK6({ objectives: EVERY_KIND })
    const { run, stderr, served } = result
    assert.equal(result.k6ExitCode, 0, stderr)
    // 120 requests without a failure do not prove 99.9 %.
    assert.equal(verdictText(run), 'PASS (close)', said(run))
    assert.equal(result.exitCode, 0)

    const row = (id: string) => run.objectives.find((each) => each.id === id)
    assert.equal(row('o-1')?.samples, served)
    assert.equal(row('o-1')?.measured, 1)
    assert.equal(row('o-2')?.samples, served)
    assert.equal(row('o-4 [GET /broken]')?.verdict, 'NO_DATA')
    assert.equal(row('o-6')?.measured, served / PLAN.durationSeconds)
    assert.equal(row('o-8')?.measured, served)
    assert(Math.abs((row('o-11')?.measured ?? 0) - 0.5) < 0.05)

    const [items, broken] = run.endpoints
    assert.equal(items?.count, served)
    assert.equal(items.errors, 0)
    assert((items.p95Ms ?? 0) > 0)
    assert.deepEqual(broken, { endpoint: 'GET /broken', count: 0, ratePerSecond: 0, errors: 0 })
  })

  test('agrees with the verdict on what its thresholds say of the same run', async () => {
    const { run, compiled, summary } = await runK6({ objectives: EVERY_KIND, seconds: 4 })
    for (const { id, check } of compiled) {
      if (!check) continue
      const { measured } = run.objectives.find((each) => each.id === id) ?? {}
      const k6 = summaryOf(summary, check)
      if (k6 === undefined || measured === undefined) continue
      const expected = id === 'o-1' ? 1 - k6 : check.seconds === undefined ? k6 : k6 / check.seconds
      assert.ok(
        Math.abs(measured - expected) <= 0.01 * expected,
        `${id}: ${measured}, k6 ${expected}`,
      )
    }
  })

  test('exits with 99 when a limit is missed', async () => {
    const result = await runK6({
      objectives: [{ indicator: { latency: 'p50' }, limit: '< 0.001ms' }, ERRORS],
      iteration: "get('/items/1', 'GET /items/{id}'); get('/broken', 'GET /broken')",
    })
    assert.equal(result.k6ExitCode, 99, result.stderr)
    assert.equal(result.run.verdict, 'FAIL')
    assert.equal(result.exitCode, 99)
    assert.equal(result.run.objectives[1]?.measured, 0.5)
    const [, broken] = result.run.endpoints
    assert.equal(broken?.errorRatio, 1)
    assert.equal(broken.p95Ms, undefined)
  })

  test('fails an empty selector through its guard, and the verdict is NO_DATA', async () => {
    const where = { segment: 'nobody' }
    const result = await runK6({
      objectives: [{ indicator: { latency: 'p95' }, limit: '< 10s', where }],
    })
    assert.equal(result.k6ExitCode, 99, result.stderr)
    assert.match(result.stderr, /http_reqs{judged:yes,segment:nobody}/)
    assert.equal(result.run.verdict, 'NO_DATA')
    assert.equal(result.exitCode, 90)
  })

  test('exits with 99 for a threshold that is not ours, and so do we', async () => {
    const thresholds = { script_exceptions: ['count<1'], iterations: ['count<1'] }
    const objectives = [{ indicator: { count: 'dropped_iterations' }, limit: '< 1 total' }]
    const own = { dropped_iterations: ['count<1'], http_reqs: ['count>0'] }
    const options = { thresholds: { ...own, ...thresholds } }
    const result = await runK6({ objectives, seconds: 3, options })
    assert.equal(result.k6ExitCode, 99, result.stderr)
    assert.equal(result.run.verdict, 'FAIL', said(result.run))
    assert.equal(result.exitCode, 99)
  })

  test('exits with 105 when the user stops it, and the run is INVALID with its numbers', async () => {
    const result = await runK6({ objectives: [ERRORS], seconds: 20, stopAfterSeconds: 0.5 })
    assert.equal(result.k6ExitCode, 105, result.stderr)
    assert.equal(result.run.verdict, 'INVALID')
    assert.equal(result.run.reasons[0]?.code, 'STOPPED_BY_USER')
    assert.match(result.run.reasons[0].text, /^Stopped by the user after \d+ s of 20 s$/)
    assert.equal(result.run.objectives[0]?.measured, 0)
    assert.equal(result.exitCode, 105)
  })

  test('counts exceptions, which make the run INVALID', async () => {
    const result = await runK6({
      objectives: [ERRORS],
      iteration: "get('/', '/'); scriptExceptions.add(1)",
    })
    assert.equal(result.k6ExitCode, 99, result.stderr)
    assert.equal(result.run.verdict, 'INVALID')
    assert.equal(result.exitCode, 91)
  })

  test('drops iterations when no user is free, which makes the run INVALID', async () => {
    // A quarter of a millisecond for an iteration is less than any request takes.
    const arrival = {
      executor: 'constant-arrival-rate',
      rate: 4_000,
      preAllocatedVUs: 1,
      maxVUs: 1,
    }
    const result = await runK6({
      objectives: [ERRORS],
      options: { scenarios: { load: { ...arrival, duration: '2s', tags: { judged: 'yes' } } } },
    })
    assert.equal(result.k6ExitCode, 0, result.stderr)
    assert.equal(result.run.verdict, 'INVALID')
    assert.equal(result.run.reasons[0]?.code, 'POOL_TOO_SMALL', said(result.run))
    assert.equal(result.exitCode, 91)
  })
})
