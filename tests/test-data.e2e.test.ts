// A workload's own data, options and log-in by cookie, by the command line: made, used, and removed at the end.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { afterEach, beforeEach, test } from 'node:test'
import { type ApiServer, startApi } from './api-server.ts'
import { cli, cliArguments, verdictOf } from './cli.ts'
import { projectPath } from '../scripts/core/project.ts'

const FOLDER = 'tests/fixtures/test-data'
const OF = ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`]

let server: ApiServer

beforeEach(async () => {
  server = await startApi()
})
afterEach(() => server.close())

test('smoke: every operation once, on data that is there before and gone after', async () => {
  const { exitCode, stdout, stderr, runs } = await cli(['smoke', ...OF, '--target', server.url])

  assert.equal(exitCode, 0, stdout + stderr)
  const verdict = await verdictOf(runs[0])
  assert.deepEqual(verdict.endpoints.map(({ endpoint, count }) => [endpoint, count]).sort(), [
    ['GET /maybe/:id', 1],
    ['GET /orders/:id', 1],
  ])
  const made = server.requests.filter(({ method, url }) => method === 'POST' && url === '/orders')
  assert.equal(made.length, 1)
  assert.equal(server.orders.size, 0)
  const reads = server.requests.filter(({ url }) => url === '/orders/o-1')
  assert.ok(
    reads.every(({ cookie }) => /sid=/.test(cookie)),
    JSON.stringify(reads),
  )
})

test('a run that is interrupted removes its data, too', async () => {
  const args = ['load', ...OF, '--target', server.url, '--users', '3', '--duration', '60s']
  const child = spawn('node', cliArguments([...args, '--time-scale', '0.05']), {
    cwd: projectPath(),
    stdio: 'ignore',
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilTrue(() => server.requests.filter(({ url }) => url === '/orders/o-1').length > 20)
  assert.equal(server.orders.size, 1)
  child.kill('SIGINT')
  await exited

  assert.equal(server.orders.size, 0)
  const logIns = server.requests.filter(({ url }) => url === '/form-login')
  assert.ok(logIns.length <= 6, `${logIns.length} log-ins`)
})

test('all mistakes of a workload are named at once, before anything starts', async () => {
  const of = ['--workload', 'tests/fixtures/mistaken', '--sla', 'tests/fixtures/mistaken/sla.json']
  const { exitCode, stderr } = await cli(['load', ...of, '--target', server.url])

  assert.equal(exitCode, 2, stderr)
  for (const mistake of [
    /"minimun".*did you mean minimum\?/,
    /size minimum to be at most maximum \(3\), got 9/,
    /minSeconds to be at most maxSeconds \(0\.6\), got 2/,
    /operations\.read\.weight to be a number above 0, .*got "30"/,
    /operations\.write\.weight to be a number above 0, .*got -30/,
    /k6Options has "vus"/,
  ]) {
    assert.match(stderr, mistake)
  }
  assert.equal(server.requests.length, 0)
})

async function untilTrue(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50))
}
