// WebSockets that go wrong, in the real k6 against a real server: each is a failed operation with a reason.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test, type TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cli, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { webSocketServer } from './web-socket-server.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const SCRIPT = `
import { noLogin } from '${projectPath('lib', 'auth-setup.ts')}'
import { withWebSocket } from '${projectPath('lib', 'web-socket.ts')}'

const echo = (path, isWanted) => (session) =>
  withWebSocket(session, { path, timeoutMs: 500 }, async ({ send, receive }) => {
    send({ kind: 'echo' })
    const { kind } = await receive(isWanted)
    if (kind !== 'echo') throw new Error('this is not what was sent')
  })
const isEcho = ({ kind }) => kind === 'echo'
const PATHS = ['good', 'refused-401', 'refused-503', 'slow-handshake', 'dies', 'silent', 'garbage']

export const workload = {
  name: 'shop',
  auth: noLogin,
  thinkTime: { seconds: 0 },
  operations: Object.fromEntries(
    PATHS.map((path) => [path, { weight: 1, run: echo('/' + path, isEcho) }]),
  ),
}
`

const SLA = {
  workload: 'shop',
  objectives: [
    {
      id: 'errors',
      indicator: 'error-ratio',
      limit: '< 1%',
      of: 'operation',
      each: 'operation',
    },
  ],
}

async function runOnce(t: TestContext, script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-sockets-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sla = join(folder, 'sla.json')
  await writeFile(sla, JSON.stringify(SLA))
  await writeFile(join(folder, 'workload.ts'), script)
  const target = await webSocketServer(t)
  const args = ['smoke', '--target', target, '--workload', folder, '--sla', sla]
  const sinceMs = performance.now()
  const result = await cli(args, { env: { K6_BIN } })
  const seconds = (performance.now() - sinceMs) / 1_000
  assert.equal(result.runs.length, 1, result.stdout + result.stderr)
  return { ...result, seconds, file: await verdictOf(result.runs[0]) }
}

test('each fault of a connection fails its operation, under a reason of its own', async (t) => {
  const { exitCode, stdout, file, seconds } = await runOnce(t, SCRIPT)

  assert.equal(exitCode, 99, stdout)
  assert.match(stdout, /Exceptions +none/)
  const measured = Object.fromEntries(file.objectives.map(({ id, measured }) => [id, measured]))
  assert.deepEqual(measured, {
    'errors [good]': 0,
    'errors [refused-401]': 1,
    'errors [refused-503]': 1,
    'errors [slow-handshake]': 1,
    'errors [dies]': 1,
    'errors [silent]': 1,
    'errors [garbage]': 1,
  })
  const reasons = file.series.rejections.map(({ endpoint, reason }) => [endpoint, reason])
  assert.deepEqual(Object.fromEntries(reasons), {
    'refused-401': 'ws-refused',
    'refused-503': 'ws-refused',
    'slow-handshake': 'ws-slow-handshake',
    dies: 'ws-closed',
    silent: 'ws-silent',
    garbage: 'ws-unreadable',
  })
  // The longest are the slow handshake and the silence: nothing waits for k6's own time-outs.
  assert.ok(seconds < 30, `${seconds} s`)
})

test('an exception of the script over a connection is no failure of the target', async (t) => {
  const { exitCode, stdout } = await runOnce(t, SCRIPT.replace('isEcho)', 'undefined)'))

  assert.equal(exitCode, 91, stdout)
  assert.match(stdout, /this is not what was sent/)
})
