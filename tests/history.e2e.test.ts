// The history as a user meets it: the command line, and its page in a real browser.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createObjective, createRun, writeRuns } from './support/history/example-history.ts'
import { findChromium } from '../scripts/report/pdf.ts'
import { cli } from './cli.ts'

let results: string

/** Would run by itself in the page: a title that says otherwise would be the attacker's. */
const EVIL = `</script><img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script>`

before(async () => {
  results = await mkdtemp(join(tmpdir(), 'k6v-history-e2e-'))
  const loads = Array.from({ length: 12 }, (_, hour) => {
    const objectives = [createObjective({ measured: 100 + hour * 6 })]
    return createRun(hour, { objectives, hasReport: hour === 11 })
  })
  const objectives = [createObjective({ id: EVIL })]
  const evil = { scenario: 'spike', objectives }
  const spikes = [12, 13].map((hour) => {
    return createRun(hour, { ...evil, verdict: 'FAIL', folder: `it's $(touch x) ${hour}` })
  })
  await writeRuns(results, [...loads, ...spikes])
  await mkdir(join(results, 'running'))
  await mkdir(join(results, 'torn'))
  await writeFile(join(results, 'torn', 'verdict.json'), '{"format":1,')
})
after(() => rm(results, { recursive: true }))

const run = (...args: string[]) =>
  cli(['history', ...args], { env: { K6_VERDICT_RESULTS: results } })

test('the runs of a scenario, the trend of its objective, and what was skipped', async () => {
  const { exitCode, stdout, stderr } = await run('load')

  assert.equal(exitCode, 0, stderr)
  assert.match(stdout, /2026-11-01 11:00 +run-0011 +PASS +166 ms/)
  assert.match(stdout, /load on better-prompts, 100 users, 100 s, sandbox: 12 comparable runs/)
  assert.match(stdout, /latency p95 < 200ms +83%/)
  assert.match(stdout, /^skipped 2 folders: 1 without a verdict, 1 with one that cannot be read/m)
  assert.doesNotMatch(stdout, /spike/)
})

test('--last looks at the newest runs only', async () => {
  const { stdout } = await run('load', '--last', '3')

  assert.match(stdout, /3 comparable runs/)
  assert.match(stdout, /with fewer than 11 runs none can be out of line/)
})

test('a scenario without runs is no fault, an unknown one is', async () => {
  const none = await run('sustained')
  assert.equal(none.exitCode, 0)
  assert.match(none.stdout, /no judged runs of it in .*: "npm run k6 -- sustained" makes one/)
  const unknown = await run('lod')
  assert.equal(unknown.exitCode, 2)
  assert.match(unknown.stderr, /K6V_UNKNOWN_SCENARIO.*did you mean "load"/)
  assert.match((await run('--last', 'x')).stderr, /K6V_WRONG_VALUE: Expected --last/)
  const unwritable = await run('--html', join(results, 'nowhere', 'page.html'))
  assert.equal(unwritable.exitCode, 1)
  assert.match(unwritable.stderr, /K6V_HISTORY_UNWRITABLE/)
})

test('the page works in a browser: rows, links, comparison, no error, nothing injected', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  const { stdout } = await run('--html')
  const page = join(results, 'index.html')
  assert.equal(stdout.split('\n', 1)[0], page)
  const { dom, log } = await open(chromium, page)

  assert.doesNotMatch(log, /CONSOLE|Refused|violates/i)
  assert.match(dom, /<title>Load test history<\/title>/)
  assert.doesNotMatch(dom, /<img/)
  assert.equal(dom.match(/<tr class="entry"/g)?.length, 14)
  assert.match(dom, /href="\.\/run-0011\/report\.html"/)
  assert.match(dom, /id="shown"[^>]*>14 of 14 runs</)
  // The newest two runs of the same kind, quoted for a shell.
  const quoted = [12, 13].map((hour) => `'it'\\''s $(touch x) ${hour}'`).join(' ')
  assert.ok(dom.includes(`npm run k6 -- compare ${quoted}<`), dom.slice(dom.indexOf('"command"')))
  assert.match(dom, /<td class="number">100 ms PASS<\/td><td class="number">0%<\/td>/)
})

test('choices hide runs, and a comparison of different kinds says so', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  const page = join(results, 'chosen.html')
  await run('--html', page)
  // As a user would, and with a policy that lets this script in.
  const choose = `<script>
    document.querySelector('[name=scenario]').value = 'load'
    document.querySelector('[name=from]').value = '2026-11-01'
    document.getElementById('filter').dispatchEvent(new Event('input'))
  </script></body>`
  const text = await readFile(page, 'utf8')
  const loose = text.replace(/<meta[^>]*Content-Security-Policy[^>]*>/, '')
  assert.notEqual(loose, text)
  await writeFile(page, loose.replace('</body>', choose))
  const { dom } = await open(chromium, page)

  assert.match(dom, /id="shown"[^>]*>12 of 14 runs</)
  assert.equal(dom.match(/<tr class="entry" hidden/g)?.length, 2)
  assert.equal(dom.match(/<section class="group"[^>]*hidden/g)?.length, 1)
})

/** A missing browser is a skip on a laptop. In CI it would hide that nothing ran. */
async function browser(t: TestContext): Promise<string | undefined> {
  try {
    return await findChromium(process.env)
  } catch (error) {
    if (process.env['CI']) throw error
    t.skip(`no Chromium: ${String(error)}`)
    return undefined
  }
}

async function open(chromium: string, page: string): Promise<{ dom: string; log: string }> {
  const profile = await mkdtemp(join(tmpdir(), 'k6v-chromium-'))
  const url = pathToFileURL(page).href
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`]
  const show = ['--enable-logging=stderr', '--virtual-time-budget=2000', '--dump-dom']
  try {
    const ended = await execa(chromium, [...flags, ...show, url], { timeout: 60_000 })
    return { dom: ended.stdout, log: ended.stderr }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
