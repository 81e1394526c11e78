// The rules on real sample files: what they read is what the recording says.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { judgeExample } from '../../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  requests,
  sample,
  users,
} from '../../../tests/support/verdict/example-recording.ts'

async function idsOf(t: TestContext, recording: ExampleSample[]) {
  const { diagnosis } = await judgeExample(t, { recording, objectives: OBJECTIVES })
  return diagnosis.map(({ id, severity }) => `${severity} ${id}`)
}

const OBJECTIVES = [{ indicator: 'error-ratio', limit: '< 50%' }]

/** 100 requests/s for 100 s, and what k6 records beside them. */
const sound = requests({ from: 0, to: 100, perSecond: 100 })
const blocked = (value: number, every: number) =>
  Array.from({ length: 10_000 / every }, (_, index) => {
    const at = (index * every) / 100
    const metrics = ['http_req_blocked', 'http_req_connecting']
    return metrics.map((metric) => sample(metric, at, { value }))
  }).flat()

test('a sound run has no diagnosis', async (t) => {
  assert.deepEqual(await idsOf(t, [...sound, ...users(100), ...blocked(1, 100)]), [])
})

test('a recording without requests has none either', async (t) => {
  assert.deepEqual(await idsOf(t, users(100)), [])
})

test('failures in the first hundred requests, of one endpoint, are warnings', async (t) => {
  const failing = requests({
    from: 0,
    to: 0.5,
    perSecond: 100,
    status: 401,
    tags: { name: 'GET /v1/history' },
  })
  assert.deepEqual(await idsOf(t, [...failing, ...sound, ...users(100)]), [
    'warning failures-from-start',
    'warning endpoint-failures',
  ])
})

test('a connection for each second request, and the time that it takes, are reported', async (t) => {
  assert.deepEqual(await idsOf(t, [...sound, ...users(100), ...blocked(10, 2)]), [
    'warning no-connection-reuse',
    'info time-before-sending',
  ])
})

test('ids in names and tags are reported', async (t) => {
  const recording = Array.from({ length: 1_200 }, (_, index) => {
    const tags = { name: `GET /orders/${index}`, order: `o${index}` }
    return requests({ from: index / 20, to: index / 20 + 0.01, perSecond: 100, tags })
  }).flat()
  assert.deepEqual(await idsOf(t, [...recording, ...users(100)]), [
    'warning too-many-urls',
    'warning too-many-series',
  ])
})
