import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { after, before, test, type TestContext } from 'node:test'
import { type MetricsServer, metricsServer } from '../../tests/metrics-server.ts'
import { givenServers } from './start-server-metrics.ts'
import { type ScrapeInput, scrapeServers } from './scrape-servers.ts'
import { readServerMetrics, SERVER_METRICS_FILE } from './server-file.ts'

let api: MetricsServer

before(async () => (api = await metricsServer()))
after(() => api.close())

async function scraped(
  t: TestContext,
  paths: string[],
  { ms, ...changes }: Partial<ScrapeInput> & { ms: number },
) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-scrapes-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const running = scrapeServers({
    folder,
    servers: givenServers(
      paths.map((path) => `${api.url}${path}`),
      [],
    ),
    intervalMs: 100,
    isWanted: (name) => !name.startsWith('process_cpu'),
    ...changes,
  })
  await setTimeout(ms / 2)
  running.loadBegins()
  await setTimeout(ms / 2)
  await running.stop()
  const recording = await readServerMetrics(folder)
  return { folder, servers: recording?.servers ?? assert.fail('expected a recording') }
}

test('a server is read again and again, before the load and during it', async (t) => {
  const { servers, folder } = await scraped(t, ['/metrics'], { ms: 1_000 })
  const [{ url, names, gauges, scrapes } = assert.fail()] = servers
  assert.equal(url, `${api.url}/metrics`)
  assert.ok(names.includes('process_cpu_seconds_total') && names.includes('odd'))
  assert.deepEqual(gauges, ['process_resident_memory_bytes', 'pool_in_use'])
  assert.ok(scrapes.length >= 5 && scrapes.length <= 11, String(scrapes.length))
  assert.deepEqual([...new Set(scrapes.map(({ when }) => when))], ['idle', 'load'])
  // A value that is no number is none.
  const [first] = scrapes
  assert.deepEqual(first && 'series' in first && first.series, [
    ['process_resident_memory_bytes', {}, 5e7],
    ['pool_in_use', { pool: 'a' }, 3],
    ['pool_in_use', { pool: 'b "x"' }, 4],
  ])
  // Whoever edits or tears the file loses those lines and no others.
  await appendFile(join(folder, SERVER_METRICS_FILE), '{"server":0,"atMs":"x"}\n[1]\n{"server":0,')
  assert.deepEqual((await readServerMetrics(folder))?.servers, servers)
})

test('what is no answer is a failed scrape with its reason', async (t) => {
  const expected = {
    '/garbage': 'not in the text format of Prometheus: line 1 is no metric',
    '/broken': 'status 500',
    '/moved': 'status 302, and redirects are not followed',
    '/hangs': 'no whole answer within 3 s',
    '/drips': 'no whole answer within 3 s',
    '/huge': 'more than 5 MB',
  }
  const closed = givenServers(['http://127.0.0.1:1/metrics'], [])
  const servers = [
    ...givenServers(
      Object.keys(expected).map((path) => api.url + path),
      [],
    ),
    ...closed,
  ]
  const found = await scraped(t, [], { ms: 3_600, servers })
  const errors = found.servers.map(({ url, scrapes: [first] }) => {
    return [new URL(url).pathname, first && 'error' in first ? first.error : first]
  })
  assert.deepEqual(Object.fromEntries(errors), { ...expected, '/metrics': 'ECONNREFUSED' })
})

test('a header for the server is sent, and written nowhere', async (t) => {
  const authorization = 'Bearer hidden-away'
  const { folder } = await scraped(t, ['/metrics'], { ms: 300, authorization })
  assert.equal(api.authorizations.at(-1), authorization)
  const kept = await readFile(join(folder, SERVER_METRICS_FILE), 'utf8')
  assert.doesNotMatch(kept, /hidden-away/)

  const broken = await scraped(t, ['/metrics'], { ms: 300, authorization: 'no\nheader' })
  const [{ scrapes: [first] } = assert.fail()] = broken.servers
  assert.equal(
    first && 'error' in first && first.error,
    'SERVER_METRICS_AUTHORIZATION is no value of a header',
  )
})

test('an address is a URL without a secret, of the target or of one of its regions', () => {
  const regions = ['us-east']
  assert.deepEqual(givenServers(['us-east=http://a:1/m?token=x', 'https://b/metrics'], regions), [
    { url: 'http://a:1/m?token=x', shownUrl: 'http://a:1/m', region: 'us-east' },
    { url: 'https://b/metrics', shownUrl: 'https://b/metrics' },
  ])
  for (const wrong of ['9090', 'ftp://a/m', 'http://me:secret@a/m', 'eu-west=http://a/m']) {
    assert.throws(
      () => givenServers([wrong], regions),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'K6V_SERVER_METRICS_UNUSABLE')
        assert.doesNotMatch(error.message, /secret/)
        return true
      },
    )
  }
})

test('the first look at a server that fails is told, and no other', async (t) => {
  const told: string[] = []
  await scraped(t, ['/moved', '/metrics'], { ms: 600, tell: (text) => told.push(text) })
  assert.deepEqual(told, [
    `! no metrics from ${api.url}/moved: status 302, and redirects are not followed`,
  ])
})
