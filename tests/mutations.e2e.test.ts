// Every way of passing wrongly, with the real k6: a sound run is a PASS, and each change of it is not.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { before, test } from 'node:test'
import { calmly, cli, type CliResult } from './cli.ts'
import { realK6 } from './k6.ts'
import { type Behaviour, tamperedServer } from './tampered-server.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const FOLDER = 'tests/fixtures/tampered'
const SLA = `${FOLDER}/sla.json`
const SUSTAINED = ['sustained', '--users', '20', '--duration', '6s', '--time-scale', '0.01']

interface Mutation {
  title: string
  server?: Behaviour
  mode?: string
  args?: string[]
  sla?: string
  env?: Record<string, string>
  exitCode: number
  says: RegExp
}

const mutations: Mutation[] = [
  { title: 'nothing is wrong', exitCode: 0, says: /^PASS/m },
  {
    title: 'the script throws',
    mode: 'throws',
    exitCode: 91,
    says: /^INVALID[^]*the script threw \d+ exceptions[^]*workload\.ts:\d+/m,
  },
  {
    title: 'nothing is sent',
    mode: 'silent',
    exitCode: 90,
    says: /^NO_DATA[^]*availability: no samples/m,
  },
  {
    title: 'an endpoint is never called',
    mode: 'never-rare',
    exitCode: 90,
    says: /^NO_DATA[^]*each-endpoint \[GET \/rare\]: no samples/m,
  },
  {
    title: 'the answers are errors, and fast',
    server: 'fails',
    exitCode: 90,
    says: /availability: 0%, expected >= 98%/,
  },
  {
    title: 'the target dies',
    server: 'dies',
    exitCode: 99,
    says: /^FAIL[^]*availability: [\d.]+%, expected >= 98%/m,
  },
  {
    title: 'a second of it is bad, and the average good',
    server: 'stalls',
    exitCode: 0,
    says: /^MARGINAL[^]*latency: [12] of \d+ windows of 1 s miss it/m,
  },
  {
    title: 'a second of it is bad, and the SLA asks for windows',
    server: 'stalls',
    sla: `${FOLDER}/windows-sla.json`,
    exitCode: 99,
    says: /^FAIL[^]*latency: [12] of \d+ windows of 1 s miss it/m,
  },
  {
    title: 'most of the load is dropped',
    server: 'slow',
    args: [
      'sustained',
      '--model',
      'open',
      '--rate',
      '60',
      '--pool-users',
      '20',
      '--duration',
      '6s',
      '--time-scale',
      '0.01',
    ],
    exitCode: 91,
    says: /^INVALID[^]*\d+ of \d+ iterations were dropped, no user was free/m,
  },
  {
    title: 'the generator is at its limit',
    mode: 'spins',
    env: { GOMAXPROCS: '1' },
    exitCode: 91,
    says: /^INVALID[^]*k6 had no CPU to spare in \d+ of \d+ s/m,
  },
]

for (const mutation of mutations) {
  test(mutation.title, async () => {
    const { exitCode, stdout, stderr } = await calmly(() => runMutation(mutation))

    assert.match(stdout + stderr, mutation.says)
    assert.equal(exitCode, mutation.exitCode, stdout)
  })
}

test('others take the CPU from the generator', async () => {
  const loops = Array.from({ length: 4 * availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'const end = Date.now() + 30_000; while (Date.now() < end);']),
  )
  try {
    const { exitCode, stdout } = await runMutation({})
    assert.match(stdout, /^INVALID[^]*k6 waited for a CPU in \d+ of \d+ s/m)
    assert.equal(exitCode, 91, stdout)
  } finally {
    for (const loop of loops) loop.kill('SIGKILL')
  }
})

async function runMutation(mutation: Partial<Mutation>): Promise<CliResult> {
  const { server: behaviour = 'sound', mode = 'sound', args = SUSTAINED, sla = SLA } = mutation
  const server = await tamperedServer(behaviour)
  try {
    const env = { K6_BIN, MODE: mode, ...mutation.env }
    return await cli([...args, '--workload', FOLDER, '--sla', sla, '--target', server.url], { env })
  } finally {
    await server.close()
  }
}
