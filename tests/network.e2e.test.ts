// k6's own network, before the start and in the run: certificates, hosts, a proxy, slow answers.
import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { before, test, type TestContext } from 'node:test'
import { cli, type CliResult, verdictOf } from './cli.ts'
import { httpsServer } from './https-server.ts'
import { realK6 } from './k6.ts'
import { type WrittenWorkload, writtenWorkload } from './written-workload.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const LOOK: WrittenWorkload = {
  init: '',
  run: "check(session.send(ITEM, undefined, { params: { id: '1' } }), { ok: ({ status }) => status === 200 })",
}

interface Asked extends Partial<WrittenWorkload> {
  options: string[]
  env?: Record<string, string>
}

async function smoke(t: TestContext, { options, env = {}, ...written }: Asked): Promise<CliResult> {
  const { args } = await writtenWorkload(t, { ...LOOK, ...written })
  return cli(['smoke', ...options, ...args], { env: { K6_BIN, ...env } })
}

async function passes({ exitCode, stdout, stderr, runs }: CliResult): Promise<void> {
  assert.equal(exitCode, 0, stdout + stderr)
  assert.equal((await verdictOf(runs[0])).verdict, 'PASS')
}

const fine: RequestListener = (_, response) => response.end('{}')

async function httpServer(t: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

test('a certificate that nobody trusts is refused before the start, and taken with --insecure', async (t) => {
  const { url } = await httpsServer(t, fine)
  const refused = await smoke(t, { options: ['--target', url] })
  assert.equal(refused.exitCode, 1, refused.stdout)
  assert.match(refused.stderr, /^error K6V_TARGET_UNREACHABLE: .*x509/m)
  assert.deepEqual(refused.runs, [])

  await passes(await smoke(t, { options: ['--target', url, '--insecure'] }))
})

test('a comparison in pairs reaches both targets by the same network', async (t) => {
  const { url } = await httpsServer(t, fine)
  const { args } = await writtenWorkload(t, LOOK)
  const sides = ['--baseline', url, '--candidate', url]
  const load = ['sustained', ...args, '--users', '2', '--duration', '1s', '--time-scale', '0.01']
  const options = ['compare', '--pairs', '5', ...load, ...sides]
  const refused = await cli(options, { env: { K6_BIN } })
  assert.match(refused.stdout + refused.stderr, /K6V_TARGET_UNREACHABLE: .*x509/)

  const { stdout, stderr } = await cli([...options, '--insecure'], { env: { K6_BIN } })
  assert.doesNotMatch(stdout + stderr, /K6V_/)
  assert.match(stdout, /^pair 5 of 5/m)
})

test('a workload says its certificate, by a file of its own, and where its host is', async (t) => {
  const { url, certificate, key } = await httpsServer(t, fine, { asksForCertificate: true })
  const files = {
    'own.pem': await readFile(certificate, 'utf8'),
    'own-key.pem': await readFile(key, 'utf8'),
  }
  const { port } = new URL(url)
  const own = `k6Options: {
    tlsAuth: [{ domains: ['shop.test'], cert: open('./own.pem'), key: open('./own-key.pem') }],
    hosts: { 'shop.test': '127.0.0.1' },
  },`
  const target = ['--target', `https://shop.test:${port}`]
  const env = { SSL_CERT_FILE: certificate }
  await passes(await smoke(t, { options: target, own, files, env }))

  const without = "k6Options: { hosts: { 'shop.test': '127.0.0.1' } },"
  const { exitCode, stderr } = await smoke(t, { options: target, own: without, env })
  assert.equal(exitCode, 1)
  assert.match(stderr, /^error K6V_TARGET_UNREACHABLE: .*certificate/m)
})

test('a load is no option of a workload', async (t) => {
  const { exitCode, stderr } = await smoke(t, { options: [], own: 'k6Options: { vus: 100 },' })
  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_SCRIPT_THREW: [^]*k6Options.*vus/m)
})

test('requests go through --proxy, and through one of the shell only when told', async (t) => {
  const asked: string[] = []
  const port = await httpServer(t, ({ url = '' }, response) => {
    asked.push(url)
    response.end('{}')
  })
  const proxy = `http://127.0.0.1:${port}`
  const options = ['--target', 'http://shop.invalid']
  await passes(await smoke(t, { options: [...options, '--proxy', proxy] }))
  assert.ok(asked.includes('http://shop.invalid/items/1'), asked.join('\n'))

  asked.length = 0
  const env = { HTTP_PROXY: proxy, K6_USER_AGENT: 'mine' }
  const direct = await smoke(t, { options, env })
  assert.equal(direct.exitCode, 1, direct.stdout)
  assert.deepEqual(asked, [])
  assert.match(direct.stdout, /^HTTP_PROXY, K6_USER_AGENT of the shell stays? out of the run/m)
})

test('a target that starts slowly is waited for with --ready-timeout', async (t) => {
  let isCold = true
  const port = await httpServer(t, (request, response) => {
    setTimeout(() => fine(request, response), isCold ? 8_000 : 0)
    setTimeout(() => (isCold = false), 8_000)
  })
  const options = ['--target', `http://127.0.0.1:${port}`]
  const refused = await smoke(t, { options })
  assert.match(refused.stderr, /^error K6V_TARGET_UNREACHABLE: .*--ready-timeout/ms)

  isCold = true
  await passes(await smoke(t, { options: [...options, '--ready-timeout', '20s'] }))
})

test('a target whose first page has no end has answered', async (t) => {
  const port = await httpServer(t, ({ url }, response) => {
    if (url !== '/') return void response.end('{}')
    response.flushHeaders()
    const timer = setInterval(() => response.write('x'), 100)
    response.on('close', () => clearInterval(timer))
  })
  await passes(await smoke(t, { options: ['--target', `http://127.0.0.1:${port}`] }))
})
