// Workloads without a single HTTP request, in the real k6: what is measured and judged are their operations.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test, type TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { withEchoServer } from './bench/echo-server.ts'
import { cli, codesOf, retryIfStarved, verdictOf } from './cli.ts'
import { grpcServer } from './grpc-server.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const PROTO = `syntax = "proto3";
package shop;
service Greeter {
  rpc Say (Said) returns (Said) {}
  rpc SayStream (Said) returns (stream Said) {}
  rpc SayFail (Said) returns (Said) {}
}
message Said { string text = 1; }
`

const of = 'operation'

const OBJECTIVES = [
  { id: 'p50', indicator: { latency: 'p50' }, limit: '< 2s', of },
  { id: 'errors', indicator: 'error-ratio', limit: '< 1%', of },
  { id: 'available', indicator: 'availability', limit: '>= 95%', of, each: 'operation' },
  { id: 'calls', indicator: { statistic: 'p50 of grpc_req_duration' }, limit: '< 2s' },
  { id: 'bytes', indicator: { count: 'data_received' }, limit: '< 10MB', each: 'operation' },
  { id: 'turns', indicator: { count: 'iterations' }, limit: '>= 1 total' },
]

/** A gRPC workload in a folder of its own, with a method that its unary calls ask for. */
async function grpcWorkload(t: TestContext, address: string, method: string) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-grpc-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const files = {
    'shop.proto': PROTO,
    'sla.json': JSON.stringify({ workload: 'shop', objectives: OBJECTIVES }),
    'workload.ts': `
import { check } from 'k6'
import { Client, StatusOK, Stream } from 'k6/net/grpc'
import { noLogin } from '${projectPath('lib', 'auth-setup.ts')}'
import { failOperation } from '${projectPath('lib', 'operation.ts')}'

const client = new Client()
client.load(['.'], 'shop.proto')
let isConnected = false
const connect = () => {
  if (!isConnected) client.connect('${address}', { plaintext: true })
  isConnected = true
}

const say = () => {
  connect()
  const { status } = client.invoke('shop.Greeter/${method}', { text: 'hi' })
  check(status, { 'is said': (is) => is === StatusOK })
  if (status !== StatusOK) failOperation('grpc-' + status)
}

const listen = () => {
  connect()
  return new Promise((resolve) => {
    let heard = 0
    const stream = new Stream(client, 'shop.Greeter/SayStream')
    stream.on('data', () => heard++)
    stream.on('error', () => failOperation('stream-error'))
    stream.on('end', () => {
      if (heard !== 3) failOperation('stream-short')
      resolve()
    })
    stream.write({ text: 'hi' })
    stream.end()
  })
}

export const workload = {
  name: 'shop',
  auth: noLogin,
  thinkTime: { seconds: 0.05 },
  operations: { say: { weight: 1, run: say }, listen: { weight: 1, run: listen } },
}
`,
  }
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
  return ['--workload', folder, '--sla', join(folder, 'sla.json')]
}

async function load(t: TestContext, method: string) {
  const { address, close } = await grpcServer()
  t.after(close)
  const args = await grpcWorkload(t, address, method)
  const result = await retryIfStarved(t.name, () =>
    withEchoServer((url) =>
      cli(
        [
          'load',
          '--users',
          '4',
          '--duration',
          '6s',
          '--time-scale',
          '0.02',
          '--target',
          url,
          ...args,
        ],
        { env: { K6_BIN } },
      ),
    ),
  )
  assert.equal(result.runs.length, 1, result.stderr)
  return { ...result, file: await verdictOf(result.runs[0]) }
}

test('a load of gRPC calls and streams is judged by its operations', async (t) => {
  const { exitCode, stdout, stderr, file, runs } = await load(t, 'Say')
  const told = stdout + stderr

  assert.equal(exitCode, 0, told)
  const results = Object.fromEntries(file.objectives.map((each) => [each.id, each]))
  assert.deepEqual(Object.keys(results), [
    'p50',
    'errors',
    'available [say]',
    'available [listen]',
    'calls',
    'bytes [say]',
    'bytes [listen]',
    'turns',
  ])
  // Each message has 12 bytes of its own; a stream has three of them.
  const bytesOf = (name: string): number => {
    const { measured = 0, samples = 1 } = results[`bytes [${name}]`] ?? {}
    return measured / samples
  }
  assert.ok(bytesOf('say') > 12, `${bytesOf('say')} bytes`)
  assert.ok(bytesOf('listen') > bytesOf('say') + 20, `${bytesOf('listen')} bytes`)
  for (const { id, verdict, samples = 0 } of file.objectives) {
    assert.equal(verdict, 'PASS', `${id}: ${told}`)
    assert.ok(samples > 20, id)
  }
  assert.equal(results['p50']?.indicator, 'latency p50 of operations')
  assert.equal(file.traffic, 'operations')
  assert.deepEqual(
    file.endpoints.map(({ endpoint, count, errors }) => [endpoint, count > 20, errors]),
    [
      ['listen', true, 0],
      ['say', true, 0],
    ],
  )
  assert.ok(Math.max(...file.series.timeline.requestsPerSecond) > 5)
  assert.match(stdout, /Operation +.* Operations/)
  assert.match(told, /^ .* \d+ operations\/s {2}p95 /m)
  assert.doesNotMatch(stdout, /[Rr]equest/)
  const html = await readFile(join(runs[0] ?? '', 'report.html'), 'utf8')
  assert.match(html, /Operations by operation/)
  assert.doesNotMatch(html, /No request/)
})

test('calls that are refused fail their operation, and nothing else', async (t) => {
  const { exitCode, stdout, file } = await load(t, 'SayFail')

  assert.equal(exitCode, 99, stdout)
  const verdicts = Object.fromEntries(file.objectives.map(({ id, verdict }) => [id, verdict]))
  assert.deepEqual(verdicts, {
    p50: 'PASS',
    errors: 'FAIL',
    'available [say]': 'FAIL',
    'available [listen]': 'PASS',
    calls: 'PASS',
    'bytes [say]': 'PASS',
    'bytes [listen]': 'PASS',
    turns: 'PASS',
  })
  assert.deepEqual(
    file.series.rejections.map(({ endpoint, reason }) => [endpoint, reason]),
    [['say', 'grpc-14']],
  )
  assert.ok(!codesOf(file).includes('STANDSTILL'), stdout)
})
