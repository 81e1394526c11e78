import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { SandboxSettings } from '../../settings.ts'
import { openSandbox } from '../../../tests/support/sandbox/test-client.ts'

const INSTANT = { agentFastMedianMs: 0, agentMediumMedianMs: 0, agentSlowMedianMs: 0 }

async function openCanvas(
  test: TestContext,
  overrides: Partial<SandboxSettings & typeof INSTANT> = {},
) {
  const settings = { ...INSTANT, ...overrides }
  const sandbox = await openSandbox(test, settings, { systems: ['value-canvas'] })
  const token = (await sandbox.login()).access_token
  const put = (id: string) =>
    sandbox.ask('PUT', `/v1/canvases/${id}/state`, { token, payload: { state: {} } })
  const run = (id: string, payload: object) =>
    sandbox.ask('POST', `/v1/canvases/${id}/workflows`, { token, payload })
  await put('c')
  return { ...sandbox, run }
}

const tree = {
  name: 'product',
  value: 100,
  cost: 50,
  children: [{ name: 'feature', value: 50, cost: 25 }],
}

test('a value tree is computed, its agents are called and the execution is stored', async (t) => {
  const medians = { agentFastMedianMs: 2, agentMediumMedianMs: 4, agentSlowMedianMs: 6 }
  const { run, send } = await openCanvas(t, { ...medians, modelSigma: 0 })
  const { status, json } = await run('c', { workflow: 'value-tree', tree })

  assert.equal(status, 200)
  const { duration_ms: durationMs, ...rest } = json
  assert.deepEqual(rest, {
    execution_id: 1,
    workflow: 'value-tree',
    status: 'completed',
    total_value: 150,
    weighted_value: 145,
    roi: 1,
    nodes: 2,
    agents: [
      { name: 'fast', latency_ms: 2 },
      { name: 'medium', latency_ms: 4 },
      { name: 'slow', latency_ms: 6 },
    ],
  })
  // One after another. A timer may fire up to a millisecond early.
  assert.ok((durationMs as number) >= 9, String(durationMs))
  assert.equal((await run('c', { workflow: 'value-tree', tree })).json['execution_id'], 2)
  assert.equal((await send({ url: '/v1/stats' })).json['stored_executions'], 2)
})

test('agents wait for the places of the model, and more than may wait are answered 503', async (t) => {
  const { run, send } = await openCanvas(t, {
    modelConcurrency: 1,
    modelQueueMax: 1,
    agentFastMedianMs: 100,
    modelSigma: 0,
  })
  const calls = [1, 2, 3].map(() => run('c', { workflow: 'value-tree', tree }))
  const statuses = (await Promise.all(calls)).map(({ status }) => status)

  assert.deepEqual(statuses.sort(), [200, 200, 503])
  assert.equal((await send({ url: '/v1/stats' })).json['stored_executions'], 2)
})

test('latencies repeat with the seed', async (t) => {
  const latencies = async (seed: number) => {
    const { run } = await openCanvas(t, { seed, agentFastMedianMs: 1, agentSlowMedianMs: 2 })
    return (await run('c', { workflow: 'value-tree', tree })).json['agents']
  }
  assert.deepEqual(await latencies(7), await latencies(7))
  assert.notDeepEqual(await latencies(7), await latencies(8))
})

test('a tree without cost has a null return', async (t) => {
  const { run } = await openCanvas(t)
  const { text } = await run('c', { workflow: 'value-tree', tree: { name: 'a', value: 1 } })
  assert.match(text, /"roi":null,/)
})

test('a canvas without a state is answered 404', async (t) => {
  const { run, send } = await openCanvas(t)
  const { status, json } = await run('none', { workflow: 'value-tree', tree })
  assert.deepEqual([status, json.error?.code], [404, 'not_found'])
  assert.equal((await send({ url: '/v1/stats' })).json['stored_executions'], 0)
})

for (const [what, id, payload] of [
  ['a bad id', 'a.b', { workflow: 'value-tree', tree }],
  ['an unknown workflow', 'c', { workflow: 'magic', tree }],
  ['a missing tree', 'c', { workflow: 'value-tree' }],
  ['a list as a tree', 'c', { workflow: 'value-tree', tree: [tree] }],
  ['a node without a value', 'c', { workflow: 'value-tree', tree: { name: 'a' } }],
] as const) {
  test(`${what} is answered 400`, async (t) => {
    const { run } = await openCanvas(t)
    const { status, json } = await run(id, payload)
    assert.deepEqual([status, json.error?.code], [400, 'invalid_request'])
  })
}
