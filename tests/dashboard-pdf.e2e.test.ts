// A dashboard on paper. No package ships a Grafana: its place takes a page that draws itself as late, and
// where GRAFANA_HOME names one, tests/observability-grafana.e2e.test.ts prints from it.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test, type TestContext } from 'node:test'
import { findChromium } from '../scripts/report/pdf.ts'
import {
  exported,
  filledPrometheus,
  RUN_POINTS,
  START_MS,
  STEP_MS,
  TESTID,
} from './filled-prometheus.ts'
import { skipWithoutPrometheus, type TestPrometheus } from './start-prometheus.ts'

const chromium = await findChromium(process.env).catch(() => undefined)
const skip = skipWithoutPrometheus() || (chromium || process.env['CI'] ? false : 'no Chromium here')

let prometheus: TestPrometheus | undefined

before(async () => {
  prometheus = skip ? undefined : await filledPrometheus()
})
after(() => prometheus?.close())

function printed(t: TestContext, grafana: string) {
  const from = ['--from-prometheus', prometheus?.url ?? '', '--testid', TESTID]
  return exported(t, [...from, '--dashboard', 'run-overview', '--pdf', '--grafana', grafana])
}

const SCRIPT = `for (const path of ['/one', '/two']) await fetch(path)
  document.body.textContent = 'drawn'
  await fetch('/drawn')`

/** A page that draws itself from what it fetches twice, each answer a second away. */
async function slowPage(t: TestContext): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = []
  const server = createServer(({ url = '' }, response) => {
    seen.push(url)
    response.setHeader('Content-Type', 'text/html')
    const text = url.startsWith('/d/') ? `<body><script type="module">${SCRIPT}</script>` : 'ok'
    const delayMs = url === '/one' || url === '/two' ? 1_000 : 0
    setTimeout(() => response.end(text), delayMs)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

test('a dashboard is printed once its data has come', { skip }, async (t) => {
  const { url, seen } = await slowPage(t)
  const { exitCode, stderr, files, text } = await printed(t, url)
  assert.deepEqual([exitCode, stderr, files], [0, '', ['run-overview.pdf']])
  assert.match(text, /^%PDF-/)
  // Only a page that was waited for asks for this.
  assert.ok(seen.includes('/drawn'), seen.join())
})

test('it is the one of the run, at the time of the run', { skip }, async (t) => {
  const { url, seen } = await slowPage(t)
  await printed(t, url)
  const page = new URL(seen.find((path) => path.startsWith('/d/')) ?? '/', url)
  assert.equal(page.pathname, '/d/k6v-run-overview')
  assert.equal(page.searchParams.get('var-testid'), TESTID)
  const [fromMs, toMs] = ['from', 'to'].map((name) => Number(page.searchParams.get(name)))
  assert.ok(Math.abs((fromMs ?? 0) - START_MS) <= 2 * STEP_MS, String(fromMs))
  assert.ok(Math.abs((toMs ?? 0) - START_MS - RUN_POINTS * STEP_MS) <= 2 * STEP_MS, String(toMs))
})

test('without a Grafana it is one clear error', { skip }, async (t) => {
  const { exitCode, stderr, files } = await printed(t, 'http://127.0.0.1:1')
  assert.deepEqual([exitCode, files], [1, []])
  assert.match(stderr, /^error K6V_GRAFANA_UNREACHABLE: .*127\.0\.0\.1:1.*\n {2}Start it/)
})
