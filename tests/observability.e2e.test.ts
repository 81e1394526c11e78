// `npm run observability` with the real Prometheus and Alertmanager of this machine.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { prometheusApi } from '../scripts/prometheus/prometheus-api.ts'
import { remoteWrite } from '../scripts/prometheus/remote-write.ts'
import {
  eventually,
  freePorts,
  processesWith,
  skipWithoutServers,
  startStack,
  temporaryFolder,
} from './observability-stack.ts'

const skip = skipWithoutServers()
const onLinux = process.platform === 'linux' ? skip : 'looks into /proc'
const BINARIES = ['--with', 'binaries']

const ALWAYS_FIRING = `groups:
  - name: test
    interval: 1s
    rules:
      - alert: AlwaysFiring
        expr: vector(1)
        labels: { testid: run-1 }
        annotations: { summary: it fires }
`

/** A rule file of the user's own. */
async function ownRules(t: TestContext, text = ALWAYS_FIRING): Promise<string> {
  const path = join(await temporaryFolder(t), 'own.yml')
  await writeFile(path, text)
  return path
}

async function rulesOf(prometheus: string): Promise<string[]> {
  const data = (await prometheusApi(prometheus, {}).get('rules')) as {
    groups: { rules: { name: string; health: string }[] }[]
  }
  return data.groups.flatMap(({ rules }) => rules.map(({ name }) => name))
}

test(
  'it brings the servers up with rules, and an alert reaches Alertmanager',
  { skip },
  async (t) => {
    const stack = await startStack(t, { args: [...BINARIES, '--rules', await ownRules(t)] })
    assert.match(stack.said(), new RegExp(`^Prometheus +${stack.prometheus} `, 'm'))
    assert.match(stack.said(), new RegExp(`^Alertmanager +${stack.alertmanager}$`, 'm'))
    assert.match(stack.said(), /^Grafana +none: .*GRAFANA_HOME/m)
    assert.match(stack.said(), /npm run k6 -- spike --prometheus$/m)

    assert.ok((await rulesOf(stack.prometheus)).includes('AlwaysFiring'))
    const alerts = await eventually(
      async () => (await (await fetch(`${stack.alertmanager}/api/v2/alerts`)).json()) as Alert[],
      (found) => found.some(({ labels }) => labels['alertname'] === 'AlwaysFiring'),
    )
    assert.equal(alerts[0]?.labels['testid'], 'run-1')
    assert.equal(await stack.end('SIGINT'), 0)
    assert.match(stack.said(), /stopped; the data stays in /)
  },
)

interface Alert {
  labels: Record<string, string>
}

test(
  'Prometheus takes remote writes, listens on loopback only and keeps 90 days',
  { skip },
  async (t) => {
    const stack = await startStack(t, { args: BINARIES })
    // Not protobuf: a receiver answers 400, and a Prometheus without one 404.
    const { status } = await fetch(`${stack.prometheus}/api/v1/write`, {
      method: 'POST',
      body: 'x',
    })
    assert.equal(status, 400)
    const flags = (await prometheusApi(stack.prometheus, {}).get('status/flags')) as Flags
    assert.match(flags['web.listen-address'] ?? '', /^127\.0\.0\.1:/)
    assert.match(flags['storage.tsdb.retention.time'] ?? '', /^(90d|12w6d)$/)
    const { port } = new URL(stack.alertmanager)
    await assert.rejects(fetch(`http://${otherAddress()}:${port}/-/ready`))
  },
)

type Flags = Record<string, string>

/** An address of this machine on which nothing of ours may listen. */
function otherAddress(): string {
  return '127.0.0.2'
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  const title = `after ${signal} no process is left, and a second start has what was written`
  test(title, { skip: onLinux }, async (t) => {
    const folder = await temporaryFolder(t)
    const first = await startStack(t, { folder, args: BINARIES })
    const receiver = { url: `${first.prometheus}/api/v1/write`, headers: {} }
    const samples = [{ value: 42, atMs: Date.now() }]
    const series = [{ labels: { __name__: 'kept' }, samples }]
    assert.ok((await remoteWrite(receiver, series, { timeoutMs: 5_000 })).isAccepted)
    assert.ok((await processesWith(folder)).length >= 3)
    await first.end(signal)
    await eventually(
      () => processesWith(folder),
      (pids) => pids.length === 0,
    )
    const second = await startStack(t, { folder, args: BINARIES })
    assert.equal(await queryValue(second.prometheus, 'last_over_time(kept[10m])'), 42)
  })
}

async function queryValue(prometheus: string, query: string): Promise<number | undefined> {
  const [first] = await prometheusApi(prometheus, {}).query(query)
  return first?.value && Number(first.value[1])
}

test(
  'a server that ends by itself ends the others, with its last words',
  { skip: onLinux },
  async (t) => {
    const stack = await startStack(t, { args: BINARIES })
    const [pid = 0] = await processesWith(join(stack.folder, 'alertmanager.yml')).then((pids) =>
      pids.filter((each) => each !== stack.child.pid),
    )
    process.kill(pid, 'SIGKILL')
    await eventually(
      () => Promise.resolve(stack.child.exitCode),
      (code) => code !== null,
    )
    assert.equal(stack.child.exitCode, 1)
    assert.match(stack.said(), /^error K6V_SERVER_FAILED: Alertmanager ended \(SIGKILL\)/m)
    assert.deepEqual(await processesWith(stack.folder), [])
  },
)

test('a server that does not start ends the others at once', { skip }, async (t) => {
  const config = join(await temporaryFolder(t), 'alertmanager.yml')
  await writeFile(config, 'route: [')
  const stack = await startStack(t, { args: [...BINARIES, '--alertmanager-config', config] })
  assert.equal(stack.child.exitCode, 1)
  assert.match(stack.said(), /^error K6V_SERVER_FAILED: Alertmanager ended .*yaml: line 1/ms)
})

test('a port that is taken is one clear error, and nothing is started', { skip }, async (t) => {
  const ports = await freePorts()
  const server = createServer().listen(ports.alertmanager, '127.0.0.1')
  t.after(() => server.close())
  const stack = await startStack(t, { ports, args: BINARIES })
  assert.equal(stack.child.exitCode, 1)
  assert.match(
    stack.said(),
    /^error K6V_PORT_TAKEN: Expected port \d+ of 127\.0\.0\.1 to be free for Alertmanager, found it taken\n {2}Take another with "--alertmanager-port \d+"/m,
  )
  assert.ok(!existsSync(join(stack.folder, 'prometheus.yml')))
})

test(
  'a rule that is no PromQL is one clear error with the words of promtool',
  { skip },
  async (t) => {
    const rules = await ownRules(t, ALWAYS_FIRING.replace('vector(1)', 'sum(('))
    const stack = await startStack(t, { args: [...BINARIES, '--rules', rules] })
    assert.equal(stack.child.exitCode, 2)
    assert.match(stack.said(), /^error K6V_RULES_REFUSED: promtool refuses/m)
    assert.match(stack.said(), /own\.yml.*AlwaysFiring.*could not parse expression/s)
  },
)

test('a folder that is in use is one clear error', { skip }, async (t) => {
  const first = await startStack(t, { args: BINARIES })
  const second = await startStack(t, { folder: first.folder, args: BINARIES })
  assert.equal(second.child.exitCode, 1)
  assert.match(
    second.said(),
    new RegExp(`^error K6V_OBSERVABILITY_RUNNING: .*${first.prometheus}`, 'm'),
  )
  assert.equal(first.child.exitCode, null)
})

test('own rules may have the name of ours, and a wrong path is said', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  await mkdir(join(folder, 'rules'), { recursive: true })
  await writeFile(join(folder, 'rules', 'own.yaml'), ALWAYS_FIRING)
  await writeFile(join(folder, 'rules', 'other.yml'), ALWAYS_FIRING.replace('Always', 'Also'))
  const stack = await startStack(t, { args: [...BINARIES, '--rules', join(folder, 'rules')] })
  const names = await rulesOf(stack.prometheus)
  assert.ok(names.includes('AlwaysFiring') && names.includes('AlsoFiring'), names.join())
  const config = await readFile(join(stack.folder, 'alertmanager.yml'), 'utf8')
  assert.match(config, /page-only/)

  const wrong = await startStack(t, { args: [...BINARIES, '--rules', join(folder, 'none')] })
  assert.equal(wrong.child.exitCode, 2)
  assert.match(wrong.said(), /^error K6V_WRONG_VALUE: Expected --rules to be a path that exists/m)
})
