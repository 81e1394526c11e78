// Logging in, inside the real k6: how often, as whom, and what happens when a token ends.
import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type LibraryResult, runLibrary } from './library-run.ts'
import type { Summary } from '../scripts/verdict/facts/read-summary.ts'
import { type LogInServer, type LogInServerOptions, startLogInServer } from './log-in-server.ts'

const VUS = 4
const EACH_FIVE_TIMES = { executor: 'per-vu-iterations', vus: VUS, iterations: 5 }

interface Run {
  load?: Record<string, unknown>
  server?: LogInServerOptions
  env?: Record<string, string>
  args?: string[]
}

async function run(given: Run): Promise<LibraryResult & { server: LogInServer }> {
  const server = await startLogInServer(given.server)
  const thresholds = { checks: ['rate==1'], 'http_reqs{judged:no}': ['count>0'] }
  const options = { scenarios: { load: given.load ?? EACH_FIVE_TIMES }, thresholds }
  try {
    const env = { ...given.env, BASE_URL: server.url, OPTIONS: JSON.stringify(options) }
    const script = { file: 'tests/fixtures/libraries/log-in.ts' }
    const { args = [] } = given
    const ran = await runLibrary({ script, env, args })
    if (ran.summary) assertNobodyJudges(ran.summary, server)
    return { ...ran, server }
  } finally {
    await server.close()
  }
}

/** The first log-in, renewals, what was refused and repeated: all of it carries the tag. */
function assertNobodyJudges({ metrics }: Summary, { answered, refused }: LogInServer): void {
  const all = metrics['http_reqs']?.values['count'] ?? 0
  assert.equal(metrics['http_reqs{judged:no}']?.values['count'], all - answered - refused)
}

const users = (numbers: number[]): string[] => numbers.map((user) => `user-${user}`)

describe('auth-setup in k6', { concurrency: 2 }, () => {
  test('every VU logs in once, as a user of its own, and setup() proves it first', async () => {
    const { exitCode, stderr, server, summary } = await run({})

    assert.equal(exitCode, 0, stderr)
    assert.equal(server.logIns[0], 'user-1')
    assert.deepEqual(server.logIns.slice(1).sort(), users([1, 2, 3, 4]))
    assert.equal(server.answered, VUS * 5)
    assert.equal(summary?.metrics['http_reqs{judged:no}']?.values['count'], VUS + 1)
  })

  test('a VU that comes in the middle of a run logs in, too', async () => {
    const stages = [
      { duration: '1s', target: 1 },
      { duration: '1s', target: 5 },
      { duration: '500ms', target: 5 },
    ]
    const load = { executor: 'ramping-vus', startVUs: 1, stages }
    const { exitCode, stderr, server } = await run({ load })

    assert.equal(exitCode, 0, stderr)
    assert.equal(new Set(server.logIns).size, 5)
    assert.equal(server.logIns.length, 6)
  })

  test('tokens are refreshed before they end, without another log-in', async () => {
    const load = { executor: 'constant-vus', vus: 2, duration: '4s' }
    const { exitCode, stderr, server } = await run({ load, server: { expiresInSeconds: 2 } })

    assert.equal(exitCode, 0, stderr)
    assert.equal(server.logIns.length, 3)
    assert.ok(server.refreshes >= 4, `${server.refreshes} refreshes`)
    assert.equal(server.refused, 0)
  })

  test('a refused token is renewed and the request repeated once', async () => {
    const { exitCode, stderr, server } = await run({ server: { revokeAfter: 8 } })

    assert.equal(exitCode, 0, stderr)
    assert.ok(server.refused >= 1 && server.refused <= VUS, `${server.refused} refused`)
    assert.equal(server.answered, VUS * 5)
    // The refresh tokens were revoked as well, so those VUs logged in again.
    assert.equal(server.logIns.length, 1 + VUS + server.refused)
  })

  test('log-ins in setup() are shared by all VUs', async () => {
    const { exitCode, stderr, server } = await run({ env: { IN_SETUP: '2' } })

    assert.equal(exitCode, 0, stderr)
    assert.deepEqual(server.logIns, users([1, 2]))
    assert.equal(server.answered, VUS * 5)
  })

  for (const { format, text } of [
    { format: 'CSV', text: 'username,password\nann,1\n"bob, jr",2\ncid,3\ndee,4\n' },
    {
      format: 'JSON',
      text: JSON.stringify(
        ['ann', 'bob, jr', 'cid', 'dee'].map((username) => ({ username, password: 'x' })),
      ),
    },
  ]) {
    test(`every VU takes a user of its own from a ${format} file`, async () => {
      const { exitCode, stderr, server } = await run({ env: await usersFile(text) })

      assert.equal(exitCode, 0, stderr)
      assert.deepEqual(server.logIns.slice(1).sort(), ['ann', 'bob, jr', 'cid', 'dee'])
    })
  }

  test('two instances of a test have no user in common', async () => {
    const sequence = ['--execution-segment-sequence', '0,1/2,1']
    const halves = ['0:1/2', '1/2:1'].map((half) => ['--execution-segment', half, ...sequence])
    const runs = [await run({ args: halves[0] ?? [] }), await run({ args: halves[1] ?? [] })]

    const all = runs.flatMap(({ server }) => server.logIns.slice(1))
    assert.deepEqual(all.sort(), users([1, 2, 3, 4]))
  })

  test('a users file that is wrong ends the run before any request', async () => {
    const { exitCode, stderr, server } = await run({ env: await usersFile('name\nann\n') })

    assert.equal(exitCode, 107, stderr)
    assert.match(stderr, /line 1, to name the columns \\?"username/)
    assert.equal(server.logIns.length, 0)
  })
})

async function usersFile(text: string): Promise<Record<string, string>> {
  const path = join(await mkdtemp(join(tmpdir(), 'k6v-users-')), 'users')
  await writeFile(path, text)
  return { AUTH_USERS_FILE: path }
}
