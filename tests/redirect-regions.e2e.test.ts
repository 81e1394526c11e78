// A run with a target for each region: no redirect of a target leads to anybody else.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { cli, codesOf, verdictOf } from './cli.ts'
import { listen, type ListeningServer } from './redirecting-servers.ts'

const SECRETS = /body-word|query-word|path-word|pass-word/

let target: ListeningServer
let other: ListeningServer
let location: (path: string) => string | undefined

beforeEach(async () => {
  other = await listen('127.0.0.2')
  target = await listen('127.0.0.1', (path) => location(path))
  location = (path) => `${other.url}${path}/path-word?key=query-word`
})
afterEach(async () => {
  await target.close()
  await other.close()
})

const RUN = ['geo-distributed', '--workload', 'tests/fixtures/led-astray', '--users', '3']
const SHORT = [
  '--sla',
  'tests/fixtures/led-astray/sla.json',
  '--duration',
  '3s',
  '--time-scale',
  '0.01',
]
const geo = async (env: Record<string, string> = {}) => {
  const targets = ['--target', target.url, '--target', `eu-west=http://127.0.0.1:${target.port}/eu`]
  const shell = { BASE_URL: other.url, BASE_URL_EU_WEST: other.url, ALLOWED_TARGETS: '127.0.0.2' }
  const { stdout, stderr, runs } = await cli([...RUN, ...SHORT, ...targets], {
    env: { ...shell, ...env },
  })
  const log = await readFile(join(runs[0] ?? '', 'k6.log'), 'utf8')
  return { verdict: await verdictOf(runs[0]), told: stdout + stderr + log }
}

test('a run with regions is a FAIL where a target redirects to another host, whatever the shell says', async () => {
  const { verdict, told } = await geo()

  assert.equal(other.connections(), 0)
  assert.equal(verdict.verdict, 'FAIL', told)
  assert.ok(codesOf(verdict).includes('REDIRECT_REFUSED'), told)
  assert.match(told, new RegExp(`POST /moved/:code was redirected to ${other.url}, which`))
  assert.doesNotMatch(told, SECRETS)
  assert.deepEqual(
    verdict.series.rejections.map(({ reason }) => reason),
    ['redirect-refused'],
  )
  assert.ok(target.requests.some(({ url }) => url.startsWith('/eu/moved/')))
})

test('a log-in that is redirected there ends the run', async () => {
  const { verdict, told } = await geo({ MODE: 'logs-in' })

  assert.equal(other.connections(), 0)
  assert.notEqual(verdict.verdict, 'PASS', told)
  assert.doesNotMatch(told, SECRETS)
})

test('a redirect leads to the target of another region, and the chain is one request', async () => {
  location = (path) => (path.includes('moved') ? `${other.url}/here` : undefined)
  const both = ['--target', target.url, '--target', `us-east=${other.url}`]
  const { runs, stdout } = await cli([...RUN, ...SHORT, ...both])
  const verdict = await verdictOf(runs[0])

  assert.ok(!codesOf(verdict).includes('REDIRECT_REFUSED'), stdout)
  const begun = [...target.requests, ...other.requests].filter(({ url }) => /moved/.test(url))
  const [endpoint] = verdict.endpoints
  assert.ok(begun.length > 10)
  assert.deepEqual([endpoint?.count, endpoint?.errors], [begun.length, 0], stdout)
  assert.ok(other.requests.some(({ url }) => url === '/here'))
})
