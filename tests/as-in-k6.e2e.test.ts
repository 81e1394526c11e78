// What k6 accepts in init code works here too, and what it refuses is told in its words.
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { execa } from 'execa'
import { withEchoServer } from './bench/echo-server.ts'
import { cli, type CliResult, verdictOf } from './cli.ts'
import { grpcServer } from './grpc-server.ts'
import { httpsServer } from './https-server.ts'
import { realK6 } from './k6.ts'
import { ACCEPTED, REFUSED, SEND } from './as-in-k6.ts'
import { writtenWorkload } from './written-workload.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

describe('accepted as by k6', () => {
  for (const { title, env = {}, ...written } of ACCEPTED) {
    test(title, async (t) => {
      const { args } = await writtenWorkload(t, written)
      await passes(await smoke(args, env))
    })
  }
})

async function smoke(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
  return withEchoServer((url) =>
    cli(['smoke', '--target', url, ...args], { env: { K6_BIN, ...env } }),
  )
}

async function passes({ exitCode, stdout, stderr, runs }: CliResult): Promise<void> {
  assert.equal(exitCode, 0, stdout + stderr)
  assert.equal((await verdictOf(runs[0])).verdict, 'PASS')
}

test('a run can be repeated from its folder when its files are gone', async (t) => {
  const { folder, args } = await writtenWorkload(t, {
    init: "const row = open('./rows.csv')",
    run: `${SEND} { ok: () => row === 'x' })`,
    files: { 'rows.csv': 'x' },
  })
  const { runs } = await smoke(args)
  await rm(folder, { recursive: true })
  const { exitCode, stderr, stdout } = await withEchoServer((url) =>
    execa(K6_BIN, ['run', '--quiet', join(runs[0] ?? '', 'script.js')], {
      cwd: tmpdir(),
      env: { BASE_URL: url, K6_NO_USAGE_REPORT: 'true' },
      reject: false,
    }),
  )
  assert.equal(exitCode, 0, stdout + stderr)
})

test('a module that k6 fetches by https', async (t) => {
  const { url, certificate } = await httpsServer(t, (_, response) => {
    response.end("export const rows = ['7']; export class Rows { first() { return rows[0] } }")
  })
  const { args } = await writtenWorkload(t, {
    init: [
      `import { Rows, rows } from '${url}/rows.js'`,
      'const all = new Rows()',
      "if (rows.length < 1) throw new Error('no rows')",
    ].join('\n'),
    run: `${SEND} { ok: () => all.first() === '7' })`,
  })
  await passes(await smoke(args, { SSL_CERT_FILE: certificate }))
})

test('a gRPC service whose .proto file imports another', async (t) => {
  const { address, close } = await grpcServer()
  t.after(close)
  const { args } = await writtenWorkload(t, {
    init: [
      "import grpc from 'k6/net/grpc'",
      'const client = new grpc.Client()',
      "client.load([import.meta.resolve('./proto')], 'greeter.proto')",
      'const other = new grpc.Client()',
      "other.load(['proto'], 'greeter.proto')",
      'let isConnected = false',
    ].join('\n'),
    run: [
      `if (!isConnected) client.connect('${address}', { plaintext: true })`,
      'isConnected = true',
      "const answer = client.invoke('shop.Greeter/Say', { name: 'x' })",
      "check(answer, { ok: () => answer.status === grpc.StatusOK && answer.message.text === 'hello' })",
      "session.send(ITEM, undefined, { params: { id: '1' } })",
    ].join('\n'),
    files: {
      'proto/greeter.proto':
        'syntax = "proto3";\npackage shop;\nimport "parts/said.proto";\n' +
        'service Greeter { rpc Say (Said) returns (Answer) {} }\nmessage Answer { string text = 1; }',
      'proto/parts/said.proto':
        'syntax = "proto3";\npackage shop;\nmessage Said { string name = 1; }',
    },
  })
  await passes(await smoke(args))
})

describe('refused as by k6, before anything starts', () => {
  for (const { title, says, env, ...written } of REFUSED) {
    test(title, async (t) => {
      const { args } = await writtenWorkload(t, written)
      const { exitCode, stdout, stderr, runs } = await smoke(args, env)

      assert.equal(exitCode, 2, stdout + stderr)
      assert.match(stderr, says)
      assert.doesNotMatch(stdout + stderr, /hunter2/)
      assert.deepEqual(runs, [])
    })
  }
})
