// A scenario as data, by the real k6, against a real server.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DEFAULT_SETTINGS } from '../lib/run-settings.ts'
import { readPlan } from '../scripts/plan-file/check-plan.ts'
import { planFolder } from '../scripts/plan-file/plan-folder.ts'
import { planTemplates } from '../scripts/plan-file/templates.ts'
import { projectPath } from '../scripts/core/project.ts'
import { planRun } from '../scripts/plan/plan-run.ts'
import { cli, readManifest, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type ShopServer, startShop } from './plan-file/shop-server.ts'

const SHOP = `
name: shop
question: Do orders come back?
login: { strategy: basicAuth, users: users.csv }
data:
  products: [{ sku: pen, price: 2 }, { sku: book, price: 12 }]
  notes: notes.csv
thinkTime: { min: 10ms, max: 30ms }
operations:
  buy:
    weight: 3
    steps:
      - request: POST /orders
        headers: { X-Run: "\${iteration}" }
        body:
          sku: \${data.products.sku}
          price: \${data.products.price}
          note: "\${data.notes.text}!"
          of: \${user}
          reference: \${uuid}
        statuses: [201]
        schema: { type: object, properties: { order: { type: object, properties: { id: { type: string } } } } }
        capture: { order: order.id }
      - pause: 1ms
      - request: GET /orders/:id
        params: { id: "\${captured.order}" }
        query: { page: "\${random(1, 3)}", tag: [a, b] }
        checks:
          same-order: { at: id, equals: "\${captured.order}" }
          order-new: { at: status, equals: new }
  ask:
    steps:
      - request: GET /orders/:id
        label: missing
        params: { id: none }
        statuses: [404]
load: { shape: constantUsers, users: 4, duration: 3s, rampUp: 1s }
objectives:
  - { id: answers, indicator: { share: checks }, limit: ">= 99%" }
  - { id: buy, indicator: availability, of: operation, where: { operation: buy }, limit: ">= 90%" }
`

let folder: string
let shop: ShopServer
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6v-plan-run-'))
  shop = await startShop()
  await writeFile(join(folder, 'shop.yaml'), SHOP)
  await writeFile(join(folder, 'users.csv'), 'username,password\nann,secret-1\nbob,secret-2\n')
  await writeFile(join(folder, 'notes.csv'), 'text,more\nfast please,\n')
})
after(async () => {
  await shop.close()
  await rm(folder, { recursive: true, force: true })
})

const runShop = (file: string, ...more: string[]) =>
  retryIfStarved(file, () => cli(['run', join(folder, file), '--target', shop.url, ...more]))

test('a plan in YAML is a scenario: what it says is sent, and its verdict is PASS', async () => {
  const { exitCode, stdout, stderr, runs } = await runShop('shop.yaml')
  assert.equal(exitCode, 0, stdout + stderr)
  const { plan, scenario, workload } = await readManifest(runs[0] ?? '')
  assert.deepEqual([scenario, workload], ['shop', 'shop'])
  assert.deepEqual(
    plan.phases.map(({ name }) => name),
    ['ramp-up', 'hold'],
  )
  assert.deepEqual(plan.endpoints, ['POST /orders', 'GET /orders/:id', 'GET /orders/:id missing'])

  const orders = shop.requests.filter(({ method }) => method === 'POST')
  assert.ok(orders.length > 50, `${orders.length} orders`)
  for (const { body } of orders) {
    assert.equal(body['price'], { pen: 2, book: 12 }[String(body['sku'])])
    assert.equal(body['note'], 'fast please!')
  }
  assert.equal(new Set(orders.map(({ body }) => body['reference'])).size, orders.length)
  assert.deepEqual([...new Set(orders.map(({ user }) => user))].sort(), [
    'ann:secret-1',
    'bob:secret-2',
  ])
  const reads = shop.requests.filter(({ url }) => url.startsWith('/orders/o-'))
  assert.ok(Math.abs(reads.length - orders.length) <= 4)
  assert.equal(new Set(reads.map(({ url }) => url.replace(/\?.*/, ''))).size, reads.length)
  assert.ok(reads.every(({ url }) => /\?page=[123]&tag=a&tag=b$/.test(url)))
  for (const kept of ['script.js', 'run.json', 'k6.log']) {
    assert.doesNotMatch(await readFile(join(runs[0] ?? '', kept), 'utf8'), /secret-[12]/, kept)
  }
})

test('a plan in TypeScript runs alike, and a check that fails is a FAIL with its name', async () => {
  const converted = join(folder, 'paid.plan.ts')
  const { exitCode: done, stderr: said } = await cli([
    ...['plan', 'convert', join(folder, 'shop.yaml'), converted],
  ])
  assert.equal(done, 0, said)
  const code = await readFile(converted, 'utf8')
  assert.match(code, /\.check\('order-new', 'status', 'new'\)/)
  await writeFile(converted, code.replace("'status', 'new'", "'status', 'paid'"))

  const { exitCode, stdout, stderr, runs } = await runShop('paid.plan.ts', '--users', '2')
  assert.equal(exitCode, 99, stdout + stderr)
  assert.match(stdout, /Why: answers missed .*GET \/orders\/:id order-new.* failed/)
  assert.match(stdout, /GET \/orders\/:id rejected: order-new/)
  const { objectives } = await verdictOf(runs[0])
  assert.deepEqual(objectives.map(({ id, verdict }) => [id, verdict]).sort(), [
    ['answers', 'FAIL'],
    ['buy', 'FAIL'],
  ])
})

test('what does not fit a plan is told with the command that runs it', async () => {
  const path = join(folder, 'shop.yaml')
  const { exitCode, stderr } = await cli(['run', path, '--rate', '5'])
  assert.equal(exitCode, 2, stderr)
  assert.match(stderr, /^error K6V_WRONG_NUMBERS: shop: /m)
  assert.ok(stderr.includes(`"npm run k6 -- run ${path} --users 20"`), stderr)
})

test('of a broken plan all problems are listed, and nothing is started', async () => {
  const before = shop.requests.length
  const broken = SHOP.replace('weight: 3', 'wight: 3')
    .replace('\${captured.order}', '\${captured.oder}')
    .replace('constantUsers', 'constantUser')
  await writeFile(join(folder, 'broken.yaml'), broken)
  for (const command of [['run'], ['plan', 'check']]) {
    const { exitCode, stderr, stdout, runs } = await cli([...command, join(folder, 'broken.yaml')])
    assert.equal(exitCode, 2)
    assert.match(stderr, /^error K6V_PLAN_INVALID: .*broken\.yaml has 3 problems\n/)
    assert.match(stderr, /11:5 operations\.buy\.wight: .*\n +Did you mean "weight"\?/)
    assert.match(
      stderr,
      /26:19 operations\.buy\.steps\[2\]\.params\.id: .*\n +Did you mean "order"\?/,
    )
    assert.match(stderr, /37:9 load\.shape: .*\n +Did you mean "constantUsers"\?/)
    assert.equal(stdout, '')
    assert.deepEqual(runs, [])
  }
  assert.equal(shop.requests.length, before)
})

test('options that cannot say anything of a plan are refused, as flags of k6 are', async () => {
  const path = join(folder, 'shop.yaml')
  const { stderr } = await cli(['run', path, '--workload', 'better-prompts'])
  assert.match(stderr, /^error K6V_NOT_WITH_PLAN: Expected no --workload/)
  const flag = await cli(['run', '--vus', '5', path])
  assert.equal(flag.exitCode, 2)
  assert.match(flag.stderr, /^error K6V_WRONG_USAGE: .*--vus/)
})

test('plan check says what a sound plan will do, with warnings and suggestions', async () => {
  const { exitCode, stdout } = await cli(['plan', 'check', join(folder, 'shop.yaml')])
  assert.equal(exitCode, 0)
  assert.match(stdout, /shop\.yaml: no errors\n {2}up to 4 users in 4 s\n/)
  assert.match(stdout, /\nwarning 31:3 no response of "ask" is checked/)
  assert.match(stdout, /\nperformance 38:1 no objective judges how fast responses are\n/)
  assert.match(stdout, /\nresources 37:1 4 VUs share 2 users of the file\n/)
})

test('every template is a plan that k6 can read, and an own one takes its place beside them', async () => {
  const { path: k6 } = await realK6()
  for (const { path } of planTemplates({})) {
    const sound = await readPlan(path)
    const { workload, slaPath } = await planFolder(sound)
    const settings = { ...DEFAULT_SETTINGS, scenario: sound.plan.name }
    const planned = await planRun({ workload, settings, slaPath, k6, env: process.env })
    // What is known of it without k6 is what k6 says.
    const { phases, endpoints } = planned.evaluated.plan
    const [known] = sound.loads.map(({ run }) => [run.phases, run.endpoints])
    assert.deepEqual(known, [phases, endpoints])
  }
  await mkdir(join(folder, 'plans', 'templates'), { recursive: true })
  await writeFile(join(folder, 'plans', 'templates', 'own.yaml'), SHOP)
  const env = { INIT_CWD: folder, npm_lifecycle_event: 'k6' }
  const { stdout } = await cli(['plan', 'templates'], { env })
  assert.match(stdout, /^ {2}crud .*\n[^]*^ {2}own +Do orders come back\?$/m)
  assert.equal((await cli(['plan', 'new', 'own', 'mine.yaml'], { env })).exitCode, 0)
  assert.match(await readFile(join(folder, 'mine.yaml'), 'utf8'), /^# yaml.*\n[^]*^name: mine$/m)
  const again = await cli(['plan', 'new', 'own', 'mine.yaml'], { env })
  assert.match(again.stderr, /^error K6V_PLAN_FILE_THERE/)
  const unknown = await cli(['plan', 'new', 'cru', 'other.yaml'], { env })
  assert.match(unknown.stderr, /^error K6V_UNKNOWN_TEMPLATE: .*\n.*crud/)
})

test('a plan may give a load to a workload that exists', async () => {
  const { path: k6 } = await realK6()
  const path = join(folder, 'rush.yaml')
  const load = 'load: { shape: stagedUsers, stages: [{ duration: 5s, users: 9 }] }'
  await writeFile(path, `name: rush\nworkload: better-prompts\n${load}\n`)
  const { workload, slaPath } = await planFolder(await readPlan(path))
  const settings = { ...DEFAULT_SETTINGS, scenario: 'rush' }
  const planned = await planRun({ workload, settings, slaPath, k6, env: process.env })
  const { plan } = planned.evaluated
  assert.deepEqual([plan.workload, plan.target, plan.operations.length], ['better-prompts', 9, 3])
  assert.equal(planned.slaPath, projectPath('thresholds', 'better-prompts.json'))
  assert.ok(planned.objectives.length > 3)
})
