// lib/mcp.ts in the real k6 beside the client of the official SDK, against the same server: what one of them gets and
// sends, the other does, too.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startSandbox } from '../scripts/plan/sandbox-process.ts'
import { documents } from './documents.ts'
import { runLibrary } from './library-run.ts'
import { FAULT_REASONS, faultyMcpServer } from './mcp-faulty-server.ts'
import { k6Outcomes, sdkOutcomes } from './mcp-outcomes.ts'
import { type McpTestServer, mcpServer, type NotedRequest } from './mcp-server.ts'

let server: McpTestServer

before(async () => {
  server = await mcpServer()
})
after(() => server.close())

// The SDK opens a further stream by GET; stock k6 would wait for its end, and reads nothing before.
const withoutGet = (noted: NotedRequest[]) => noted.filter(({ http }) => http !== 'GET')

for (const route of ['/stream', '/json', '/stateless']) {
  test(`k6 gets what the SDK gets, and sends what it sends: ${route}`, async () => {
    const expected = await sdkOutcomes(server.url + route)
    const bySdk = withoutGet(server.noted())
    const outcomes = await k6Outcomes(server.url, route)
    const byK6 = withoutGet(server.noted())

    assert.deepEqual(outcomes, expected)
    assert.deepEqual(byK6, bySdk)
  })
}

test('calls that are under way at once get what calls one after the other get', async () => {
  const oneByOne = await k6Outcomes(server.url, '/stream')
  const byOne = server.noted()
  const atOnce = await k6Outcomes(server.url, '/stream', true)

  assert.deepEqual(atOnce, oneByOne)
  // One session, whoever comes first.
  const count = (noted: NotedRequest[]) => noted.map(({ method }) => method).sort()
  assert.deepEqual(count(server.noted()), count(byOne))
})

test('a session that the server has forgotten is begun anew, once for all calls', async () => {
  const { exitCode, stderr } = await runLibrary({
    script: { text: FORGOTTEN, folder: 'tests' },
    env: { BASE_URL: server.url },
  })

  assert.equal(exitCode, 0, stderr)
  const told = server.noted().map(({ method, status }) => `${method} ${status}`)
  const lost = told.filter((each) => each === 'tools/call 404')
  assert.equal(lost.length, 1 + 5, told.join())
  assert.equal(told.filter((each) => each === 'initialize 200').length, 3)
  assert.equal(told.filter((each) => each === 'tools/call 200').length, 1 + 1 + 5)
})

const FORGOTTEN = `
import http from 'k6/http'
import { check } from 'k6'
import { mcpServer } from '../lib/mcp.ts'

const echo = mcpServer('/stream').tool('echo')
const user = { target: __ENV.BASE_URL }
const isEcho = ({ structuredContent }, text) => structuredContent.text === text

export const options = { thresholds: { checks: ['rate==1'] } }
export default async function () {
  check(echo.call(user, { text: 'a' }), { first: (result) => isEcho(result, 'a') })
  http.post(user.target + '/forget')
  check(echo.call(user, { text: 'b' }), { 'after it': (result) => isEcho(result, 'b') })
  http.post(user.target + '/forget')
  const texts = ['c', 'd', 'e', 'f', 'g']
  const results = await Promise.all(texts.map((text) => echo.callAsync(user, { text })))
  results.forEach((result, index) =>
    check(result, { 'at once': () => isEcho(result, texts[index]) }),
  )
}
`

test('each wrong answer fails the operation, under a reason of its own', async () => {
  const faulty = await faultyMcpServer()
  try {
    const env = { BASE_URL: faulty.url, PATHS: JSON.stringify(Object.keys(FAULT_REASONS)) }
    const { stderr } = await runLibrary({ script: { text: FAULTS, folder: 'tests' }, env })

    const [, text = ''] = /OUTCOMES (.*?)"/.exec(stderr.replaceAll('\\"', "'")) ?? []
    const reasons = JSON.parse(text.replaceAll("'", '"')) as Record<string, [string, string]>
    for (const [path, reason] of Object.entries(FAULT_REASONS))
      assert.deepEqual(reasons[path], [reason, reason], path)
  } finally {
    faulty.close()
  }
})

const FAULTS = `
import { mcpServer } from '../lib/mcp.ts'

const tools = JSON.parse(__ENV.PATHS).map((path) => [path, mcpServer('/' + path).tool('any')])
const user = { target: __ENV.BASE_URL }
const textOf = ({ content }) => content[0].text
const reasonOf = (error) => (error.name === 'OperationError' ? error.reason : String(error))

export default async function () {
  const outcomes = {}
  for (const [path, tool] of tools) {
    const outcome = []
    try {
      outcome.push(textOf(tool.call(user, {})))
    } catch (error) {
      outcome.push(reasonOf(error))
    }
    outcome.push(await tool.callAsync(user, {}).then(textOf, reasonOf))
    outcomes[path] = outcome
  }
  console.log('OUTCOMES ' + JSON.stringify(outcomes))
}
`

test('the script of docs/mcp.md works on the sandbox', async () => {
  const page = documents().find(({ file }) => file === join('docs', 'mcp.md'))?.text ?? ''
  const [, text = ''] = /```ts\n([^]*?)```/.exec(page) ?? []
  const sandbox = await startSandbox({ systems: ['mcp-service'] })
  try {
    const env = { BASE_URL: sandbox.url }
    const { exitCode, stderr, summary } = await runLibrary({
      script: { text, folder: 'docs' },
      env,
    })

    assert.equal(exitCode, 0, stderr)
    assert.doesNotMatch(stderr, /level=error/)
    assert.equal(summary?.metrics['checks']?.values['passes'], 4 * 3)
  } finally {
    await sandbox.stop()
  }
})
