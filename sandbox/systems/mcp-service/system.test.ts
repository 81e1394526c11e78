import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { listenOnLoopback } from '../../listen.ts'
import { openSandbox } from '../../../tests/support/sandbox/test-client.ts'

const CONTENT = '#Title\nThis is is it.'
const MENDED = '# Title\nThis is it.'
const FINDINGS = [
  { rule: 'heading-needs-space', line: 1 },
  { rule: 'no-repeated-word', line: 2 },
]

async function openService(test: TestContext, overrides: Record<string, number> = {}) {
  const settings = { mcpEnhanceMs: 0, ...overrides }
  const sandbox = await openSandbox(test, settings, { systems: ['mcp-service'] })
  const url = await listenOnLoopback(sandbox.app, 0)
  const headersOf = async (number: number) => ({
    Authorization: `Bearer ${(await sandbox.login(number)).access_token}`,
  })
  /** Connects as the nth user, with the official client. */
  const connect = async (number = 1) => {
    const client = new Client({ name: 'test', version: '1' })
    const requestInit = { headers: await headersOf(number) }
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit })
    await client.connect(transport)
    test.after(() => client.close())
    const call = (name: string, given: Record<string, unknown>) =>
      client.callTool({ name, arguments: given })
    return { client, transport, call }
  }
  return { ...sandbox, url, headersOf, connect }
}

test('a document is validated, approved and enhanced by tools', async (t) => {
  const { connect, send } = await openService(t)
  const { client, call } = await connect()

  const names = (await client.listTools()).tools.map(({ name }) => name)
  assert.deepEqual(names, ['validate', 'approve', 'enhance'])
  const validated = await call('validate', { content: CONTENT })
  assert.deepEqual(validated['structuredContent'], {
    id: 1,
    status: 'validated',
    findings: FINDINGS,
  })
  const approved = await call('approve', { id: 1 })
  assert.deepEqual(approved['structuredContent'], { id: 1, status: 'approved' })
  const enhanced = await call('enhance', { id: 1 })
  assert.deepEqual(enhanced['structuredContent'], { id: 1, status: 'enhanced', content: MENDED })
  assert.equal((await send({ url: '/v1/stats' })).json['stored_validations'], 1)
})

test('the plain API does the same work', async (t) => {
  const { as, login } = await openService(t)
  const token = (await login()).access_token

  const validated = await as(token, '/v1/validations', { content: CONTENT })
  assert.deepEqual(validated.json, { id: 1, status: 'validated', findings: FINDINGS })
  const early = await as(token, '/v1/validations/1/enhancement', {})
  assert.deepEqual([early.status, early.json.error?.code], [409, 'wrong_status'])
  await as(token, '/v1/validations/1/approval', {})
  const enhanced = await as(token, '/v1/validations/1/enhancement', {})
  assert.deepEqual(enhanced.json, { id: 1, status: 'enhanced', content: MENDED })
  const none = await as(token, '/v1/validations/7/approval', {})
  assert.deepEqual([none.status, none.json.error?.code], [404, 'not_found'])
  const empty = await as(token, '/v1/validations', { content: '' })
  assert.equal(empty.status, 400)
})

test('what cannot be done is a result that says so, with isError', async (t) => {
  const { connect } = await openService(t)
  const { call } = await connect()
  await call('validate', { content: CONTENT })

  for (const [tool, given, text] of [
    ['approve', { id: 7 }, /Expected a validation of yours, got id 7/],
    ['enhance', { id: 1 }, /Expected validation 1 to be approved, got validated/],
    ['approve', { id: 'one' }, /Invalid arguments for tool approve/],
    ['remove', {}, /Tool remove not found/],
  ] as const) {
    const result = await call(tool, given)
    assert.equal(result.isError, true)
    assert.match(JSON.stringify(result.content), text)
  }
})

test('neither a session nor a validation is anothers', async (t) => {
  const { connect, headersOf, url } = await openService(t)
  const first = await connect(1)
  await first.call('validate', { content: CONTENT })
  const second = await connect(2)
  assert.equal((await second.call('approve', { id: 1 })).isError, true)

  const headers = { ...(await headersOf(2)), 'Mcp-Session-Id': first.transport.sessionId ?? '' }
  const taken = await fetch(`${url}/mcp`, { method: 'DELETE', headers })
  assert.equal(taken.status, 404)
  assert.equal((await first.client.listTools()).tools.length, 3)
})

test('a session ends by DELETE, and when it was silent for too long', async (t) => {
  const { connect, headersOf, url } = await openService(t, { mcpSessionIdleSeconds: 1 })
  const { transport } = await connect()
  const headers = { ...(await headersOf(1)), 'Mcp-Session-Id': transport.sessionId ?? '' }
  await transport.terminateSession()
  assert.equal((await fetch(`${url}/mcp`, { method: 'DELETE', headers })).status, 404)

  const silent = await connect()
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await assert.rejects(silent.client.listTools(), { code: 404 })
})

test('without a session only initialize is answered, without a token nothing', async (t) => {
  const { headersOf, url } = await openService(t)
  const ask = (headers: Record<string, string>) =>
    fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    })
  assert.equal((await ask({})).status, 401)
  assert.equal((await ask(await headersOf(1))).status, 400)
})

test('every third call of a tool fails where that is asked for', async (t) => {
  const { connect } = await openService(t, { mcpFailEvery: 3 })
  const { call } = await connect()
  const failed = []
  for (let index = 0; index < 6; index++)
    failed.push((await call('validate', { content: 'a' })).isError === true)
  assert.deepEqual(failed, [false, false, true, false, false, true])
})
