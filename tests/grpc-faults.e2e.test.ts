// gRPC that goes wrong, in the real k6 against real servers: each is a failed operation with a reason.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test, type TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { withEchoServer } from './bench/echo-server.ts'
import { cli, codesOf, verdictOf } from './cli.ts'
import { grpcServer } from './grpc-server.ts'
import { httpsServer } from './https-server.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const PROTO = `syntax = "proto3";
package shop;
service Greeter {
  rpc Say (Said) returns (Said) {}
  rpc SayFail (Said) returns (Said) {}
  rpc SayLate (Said) returns (Said) {}
  rpc SayStream (Said) returns (stream Said) {}
  rpc StreamLate (Said) returns (stream Said) {}
  rpc StreamFail (Said) returns (stream Said) {}
  rpc StreamDies (Said) returns (stream Said) {}
}
message Said { string text = 1; }
`

const script = (operations: string, own = ''): string => `
import { Client } from 'k6/net/grpc'
import { noLogin } from '${projectPath('lib', 'auth-setup.ts')}'
import { grpcCalls, messageValidator } from '${projectPath('lib', 'grpc.ts')}'

const callsOf = (options, isLoaded = true) => {
  const client = new Client()
  if (isLoaded) client.load(['.'], 'shop.proto')
  return grpcCalls(client, options)
}
const say = (calls, method = 'Say', options = undefined) => (session) =>
  calls.as(session).invoke('shop.Greeter/' + method, { text: 'hi' }, options)
const listen = (calls, method, options = undefined, listener = () => {}) => (session) =>
  calls.as(session).stream('shop.Greeter/' + method, (stream) => {
    stream.on('data', listener)
    stream.write({ text: 'hi' })
    stream.end()
  }, options)
${own}
const ways = { ${operations} }
export const workload = {
  name: 'shop',
  auth: noLogin,
  thinkTime: { seconds: 0 },
  operations: Object.fromEntries(Object.entries(ways).map(([name, run]) => [name, { weight: 1, run }])),
}
`

const SLA = {
  workload: 'shop',
  objectives: [
    { id: 'e', indicator: 'error-ratio', limit: '< 1%', of: 'operation', each: 'operation' },
  ],
}

async function written(t: TestContext, text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-grpc-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sla = join(folder, 'sla.json')
  await writeFile(sla, JSON.stringify(SLA))
  await writeFile(join(folder, 'shop.proto'), PROTO)
  await writeFile(join(folder, 'workload.ts'), text)
  return { folder, sla }
}

async function runOnce(t: TestContext, text: string) {
  const { folder, sla } = await written(t, text)
  const { runs, exitCode, stdout, stderr } = await withEchoServer((url) =>
    cli(['smoke', '--target', url, '--workload', folder, '--sla', sla], { env: { K6_BIN } }),
  )
  assert.equal(runs.length, 1, stdout + stderr)
  const file = await verdictOf(runs[0])
  return { exitCode, told: stdout + stderr, file }
}

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('what goes wrong with a service fails the operation, under a reason', async (t) => {
  const plain = await grpcServer()
  t.after(plain.close)
  const { certificate, key } = await httpsServer(t, (_request, response) => response.end())
  const [cert, keyText] = [await readFile(certificate, 'utf8'), await readFile(key, 'utf8')]
  const tls = await grpcServer({ key: keyText, cert })
  t.after(tls.close)
  const at = (address: string, more = ''): string => `{ address: '${address}', ${more} }`
  const plaintext = 'plaintext: true'

  const { exitCode, told, file } = await runOnce(
    t,
    script(
      `
  good: say(plain),
  goodStream: listen(plain, 'SayStream'),
  expected: say(plain, 'SayFail', { statuses: [14] }),
  refused: say(callsOf(${at(`127.0.0.1:${await closedPort()}`, plaintext)})),
  unavailable: say(plain, 'SayFail'),
  late: say(plain, 'SayLate', { timeout: '300ms' }),
  streamLate: listen(plain, 'StreamLate', { timeout: 300 }),
  streamFails: listen(plain, 'StreamFail'),
  streamDies: listen(plain, 'StreamDies'),
  goodAgain: say(plain),
  untrusted: say(callsOf(${at(tls.address, "timeout: '500ms'")})),
  trusted: say(callsOf(${at(tls.address, 'tls: { cacerts: CERTIFICATE }')})),
  plainToTls: say(callsOf(${at(tls.address, `${plaintext}, timeout: '500ms'`)})),
  tlsToPlain: say(callsOf(${at(plain.address, "timeout: '500ms'")})),
  noReflection: say(callsOf(${at(plain.address, `${plaintext}, reflect: true`)}, false)),
`,
      `const plain = callsOf(${at(plain.address, plaintext)})
const CERTIFICATE = ${JSON.stringify(cert)}`,
    ),
  )

  assert.equal(exitCode, 99, told)
  assert.match(told, /Exceptions +none/)
  const failed = file.objectives.filter(({ measured }) => measured !== 0)
  const reasons = file.series.rejections.map(({ endpoint, reason }) => [endpoint, reason])
  assert.deepEqual(Object.fromEntries(reasons), {
    refused: 'grpc-not-connected',
    unavailable: 'grpc-unavailable',
    late: 'grpc-deadline-exceeded',
    streamLate: 'grpc-deadline-exceeded',
    streamFails: 'grpc-unavailable',
    streamDies: 'grpc-unavailable',
    untrusted: 'grpc-not-connected',
    plainToTls: 'grpc-not-connected',
    tlsToPlain: 'grpc-not-connected',
    noReflection: 'grpc-not-connected',
  })
  assert.deepEqual(
    failed.map(({ id }) => id).sort(),
    reasons.map(([operation]) => `e [${operation}]`).sort(),
  )
  assert.equal(file.objectives.length, 15)
})

test('mistakes of a script are exceptions, and the run is INVALID', async (t) => {
  const { address, close } = await grpcServer()
  t.after(close)
  const mistakes = {
    'an unknown method': `say(plain, 'Shout')`,
    'an unknown field': `(session) => plain.as(session).invoke('shop.Greeter/Say', { txt: 1 })`,
    'an address that nobody has allowed': `say(callsOf({ address: 'grpc.example.com:443' }))`,
    'an unknown option': `say(callsOf({ address: '${address}', plaintext: 'yes' }))`,
    'a listener that throws': `listen(plain, 'SayStream', { timeout: '1s' }, () => { throw new Error('oh') })`,
  }
  const ways = Object.entries(mistakes).map(([name, way]) => `'${name}': ${way},`)
  const plain = `const plain = callsOf({ address: '${address}', plaintext: true })`

  const { exitCode, told, file } = await runOnce(t, script(ways.join('\n'), plain))

  assert.equal(exitCode, 91, told)
  assert.match(told, /Exceptions +5\b/)
  assert.ok(codesOf(file).includes('SCRIPT_THREW'), codesOf(file).join(', '))
  for (const { id, measured } of file.objectives) assert.equal(measured, 1, id)
  assert.equal(file.objectives.length, 5)
})

test('a target that speaks gRPC alone is loaded as any other', async (t) => {
  const { address, close } = await grpcServer()
  t.after(close)
  const { folder, sla } = await written(t, script('say: say(callsOf({}))'))
  const args = ['smoke', '--target', `http://${address}`, '--workload', folder, '--sla', sla]
  const { runs, stdout, stderr } = await cli(args, { env: { K6_BIN } })
  assert.equal(runs.length, 1, stdout + stderr)
  assert.equal((await verdictOf(runs[0])).delivery.iterations, 1)
  assert.doesNotMatch(stdout, /rejected|threw/)
})
