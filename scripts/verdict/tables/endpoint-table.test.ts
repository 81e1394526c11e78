import assert from 'node:assert/strict'
import { createPlan } from '../../../tests/support/sla/example.ts'
import { test } from 'node:test'
import { endpointRows, endpointsToCall } from './endpoint-table.ts'
import { openExample } from '../../../tests/support/verdict/example-judging.ts'
import { requests } from '../../../tests/support/verdict/example-recording.ts'

test('an endpoint has one row, with percentiles of its expected responses', async (t) => {
  const name = 'GET /a'
  const { database } = await openExample(t, {
    samples: [
      // 0 to 100 ms, so that every percentile is itself.
      ...requests({ from: 0, to: 101, perSecond: 1, durationMs: (at) => at, tags: { name } }),
      ...requests({
        from: 0,
        to: 99,
        perSecond: 1,
        durationMs: 9_000,
        status: 500,
        tags: { name },
      }),
    ],
  })
  assert.deepEqual(await endpointRows(database, [name], 50), [
    {
      endpoint: name,
      count: 200,
      ratePerSecond: 4,
      p50Ms: 50,
      p95Ms: 95,
      p99Ms: 99,
      errors: 99,
      errorRatio: 99 / 200,
    },
  ])
})

test('endpoints of the plan come first, also where nothing was sent; then what else there was', async (t) => {
  const load = { from: 40, to: 50, perSecond: 1, durationMs: 7 }
  const { database } = await openExample(t, {
    samples: [
      ...requests({ ...load, tags: { name: 'GET /z' } }),
      ...requests({ ...load, tags: { name: 'GET /y' } }),
      ...requests({ ...load, tags: { name: undefined } }),
      ...requests({ ...load, tags: { name: 'GET /only-failed' }, status: 0 }),
      ...requests({ ...load, tags: { name: 'POST /login', operation: 'auth' } }),
    ],
  })
  const rows = await endpointRows(database, ['GET /z', 'GET /silent'], 10)
  assert.deepEqual(
    rows.map(({ endpoint, count, errors }) => [endpoint, count, errors]),
    [
      ['GET /z', 10, 0],
      ['GET /silent', 0, 0],
      ['GET /only-failed', 10, 10],
      ['GET /y', 10, 0],
      ['without a name', 10, 0],
    ],
  )
  assert.deepEqual(rows[1], { endpoint: 'GET /silent', count: 0, ratePerSecond: 0, errors: 0 })
  assert.deepEqual(rows[2], {
    endpoint: 'GET /only-failed',
    count: 10,
    ratePerSecond: 1,
    errors: 10,
    errorRatio: 1,
  })
})

test('a run without time has no rate', async (t) => {
  const { database } = await openExample(t, { samples: requests({ from: 0, to: 1, perSecond: 1 }) })
  assert.equal((await endpointRows(database, [], 0))[0]?.ratePerSecond, 0)
})

test('a run of a mix is to call no endpoint that only other operations call', () => {
  const plan = { endpoints: ['GET /a', 'GET /b'], optionalEndpoints: ['GET /b'] }
  assert.deepEqual(endpointsToCall(createPlan(plan)), ['GET /a', 'GET /b'])
  assert.deepEqual(endpointsToCall(createPlan({ ...plan, mix: 'reads' })), ['GET /a'])
})
