// What fails an operation, in the real k6.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { withEchoServer } from './bench/echo-server.ts'
import { cli, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const WAYS = `
import { noLogin } from '${projectPath('lib', 'auth-setup.ts')}'
import { endpoint } from '${projectPath('lib', 'endpoint.ts')}'
import { answerValidator } from '${projectPath('lib', 'metric-validators.ts')}'
import { failOperation } from '${projectPath('lib', 'operation.ts')}'

const ITEM = endpoint('GET /item')
const NONE = endpoint('GET /none', { statuses: [404] })
const validate = answerValidator(ITEM, { rules: { never: () => false } })
const later = (then) => Promise.resolve().then(then)
const ways = {
  good: (s) => s.send(ITEM),
  goodLater: (s) => later(() => s.send(ITEM)),
  unexpected: (s) => s.send(NONE),
  rejected: (s) => validate(s.send(ITEM)),
  rejectedLater: (s) => later(() => validate(s.send(ITEM))),
  said: (s) => { s.send(ITEM); failOperation('too-old') },
  threw: (s) => { s.send(ITEM); throw new Error('oh') },
  threwLater: (s) => later(() => { s.send(ITEM); throw new Error('oh') }),
}
const operations = Object.entries(ways).map(([name, run]) => [name, { weight: 1, run }])
export const workload = {
  name: 'shop',
  auth: noLogin,
  thinkTime: { seconds: 0 },
  operations: Object.fromEntries(operations),
}
`

test('an operation fails by an exception, a response or by what its script says', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-ways-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const errors = {
    id: 'e',
    indicator: 'error-ratio',
    limit: '< 1%',
    of: 'operation',
    each: 'operation',
  }
  const sla = join(folder, 'sla.json')
  await writeFile(sla, JSON.stringify({ workload: 'shop', objectives: [errors] }))
  await writeFile(join(folder, 'workload.ts'), WAYS)
  const { stdout, stderr, runs } = await withEchoServer((url) =>
    cli(['smoke', '--target', url, '--workload', folder, '--sla', sla], { env: { K6_BIN } }),
  )

  assert.equal(runs.length, 1, stdout + stderr)
  const { objectives } = await verdictOf(runs[0])
  assert.deepEqual(Object.fromEntries(objectives.map(({ id, measured }) => [id, measured])), {
    'e [good]': 0,
    'e [goodLater]': 0,
    'e [unexpected]': 1,
    'e [rejected]': 1,
    'e [rejectedLater]': 1,
    'e [said]': 1,
    'e [threw]': 1,
    'e [threwLater]': 1,
  })
})
