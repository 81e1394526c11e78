// What a run says when things go wrong: never 0, and one clear line.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import type { Verdict } from '../scripts/verdict/verdict.ts'
import type { ReasonCode } from '../scripts/reasons/reasons.ts'
import { cli, codesOf, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

let sandbox: RunningSandbox
let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
  sandbox = await startSandbox()
})
after(() => sandbox.stop())

const SHORT = ['--users', '5', '--duration', '3s', '--time-scale', '0.02']

function fixture(name: string): string[] {
  const folder = `tests/fixtures/${name}`
  return ['--workload', folder, '--sla', `${folder}/sla.json`]
}

interface Case {
  title: string
  args: string[]
  exitCode: number
  /** Missing where no run began. */
  verdict?: Verdict
  /** Among its reasons. */
  code?: ReasonCode
  says: RegExp
}

const cases: Case[] = [
  {
    title: 'an SLA that the API cannot keep is FAIL',
    args: ['sustained', '--sla', 'tests/fixtures/impossible-sla.json', ...SHORT, '--users', '30'],
    exitCode: 99,
    verdict: 'FAIL',
    code: 'LIMIT_MISSED',
    says: /^FAIL[^]*instant: [\d.]+ ms, expected < 1ms/m,
  },
  {
    title: 'a script that throws in an iteration is INVALID, with its TypeScript line',
    args: ['sustained', ...fixture('throws-in-iteration'), ...SHORT],
    exitCode: 91,
    verdict: 'INVALID',
    code: 'SCRIPT_THREW',
    says: /^INVALID[^]*The script threw \d+ exceptions[^]*cannot read the id of nothing[^]*workload\.ts:11/m,
  },
  {
    title: 'a script that throws in its init code is not even started',
    args: ['sustained', ...fixture('throws-in-init'), ...SHORT],
    exitCode: 2,
    says: /error K6V_SCRIPT_THREW: .*the data file is missing[^]*workload\.ts:2/,
  },
  {
    title: 'a wrong password ends the run in setup(), before any load',
    args: ['sustained', ...fixture('wrong-password'), ...SHORT],
    exitCode: 91,
    verdict: 'INVALID',
    code: 'SCRIPT_FAILED',
    says: /^INVALID[^]*The script threw in its init code, setup\(\) or teardown\(\): .*Expected POST \/v1\/auth\/login to answer with an access_token, got status 401/m,
  },
  {
    title: 'answers with the wrong content are FAIL, though every status is 200',
    args: ['sustained', ...fixture('wrong-answers'), ...SHORT],
    exitCode: 99,
    verdict: 'FAIL',
    code: 'LIMIT_MISSED',
    says: /^FAIL[^]*answers-correct: 0%, expected >= 99%/m,
  },
  {
    title: 'too few samples for a percentile are NO_DATA, not PASS',
    args: ['sustained', '--users', '2', '--duration', '3s', '--time-scale', '0.01'],
    exitCode: 90,
    verdict: 'NO_DATA',
    code: 'TOO_FEW_SAMPLES',
    says: /^NO_DATA[^]*latency-p99: \d+ samples, at least 1,000 are needed/m,
  },
]

for (const { title, args, exitCode, verdict, code, says } of cases) {
  test(title, async () => {
    const of = ['--target', sandbox.url]
    const result = await retryIfStarved(title, () => cli([...args, ...of], { env: { K6_BIN } }))

    assert.equal(result.exitCode, exitCode, `${result.stdout}\n${result.stderr}`)
    assert.match(result.stdout + result.stderr, says)
    if (verdict === undefined) {
      assert.deepEqual(result.runs, [])
      return
    }
    const file = await verdictOf(result.runs[0])
    assert.equal(file.verdict, verdict)
    assert.ok(code && codesOf(file).includes(code), result.stdout)
  })
}

test('a target that does not listen is one clear line, and no load', async () => {
  const { exitCode, stderr, runs } = await cli(['smoke', '--target', 'http://127.0.0.1:9'], {
    env: { K6_BIN },
  })

  assert.equal(exitCode, 1)
  assert.match(
    stderr,
    /^error K6V_TARGET_UNREACHABLE: .*http:\/\/127\.0\.0\.1:9, got none: .*connection refused$/m,
  )
  assert.deepEqual(runs, [])
})

test('a host that nobody knows is one clear line, and no load', async () => {
  const { exitCode, stderr } = await cli(['smoke', '--target', 'http://no-such-host.invalid'], {
    env: { K6_BIN },
  })

  assert.equal(exitCode, 1)
  assert.match(
    stderr,
    /^error K6V_TARGET_UNREACHABLE: .*(no such host|server misbehaving|Temporary failure.*)$/m,
  )
})

test('a target that dies in the middle is not PASS', async () => {
  const { exitCode, stdout } = await retryIfStarved('a target that dies', async () => {
    const dying = await dyingServer(8)
    const args = ['sustained', ...fixture('wrong-answers'), ...SHORT, '--target', dying.url]
    return cli(args, { env: { K6_BIN } })
  })

  assert.equal(exitCode, 99, stdout)
  assert.match(stdout, /errors: [\d.]+%, expected < 1%/)
})

/** Answers so many requests, then no longer listens. */
async function dyingServer(requests: number): Promise<{ url: string }> {
  let answered = 0
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"version":"1"}')
    if (++answered < requests) return
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
