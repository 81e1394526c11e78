// Browsers driven by the real k6: on the sandbox's page, and where pages go wrong.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test, type TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { withEchoServer } from './bench/echo-server.ts'
import { cli, codesOf, verdictOf } from './cli.ts'
import { skipWithoutChromium } from './skip-without-chromium.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const skip = skipWithoutChromium()

test(
  'people in browsers on the sandbox are judged by operations and web vitals',
  { skip },
  async () => {
    const args = ['load', '--workload', 'prompt-page', '--users', '1', '--duration', '12s']
    const sla = ['--sla', 'tests/fixtures/ci-sla-prompt-page.json', '--time-scale', '0.02']
    const { exitCode, stdout, stderr, runs } = await cli([...args, ...sla], { env: { K6_BIN } })

    // On a machine of two CPUs k6 may have to wait for its own browser.
    const codes = codesOf(await verdictOf(runs[0]))
    assert.ok(exitCode === 0 || codes.includes('GENERATOR_CPU_STARVED'), stdout + stderr)
    assert.match(stdout, /Exceptions +none/)
    const { objectives, endpoints, traffic } = await verdictOf(runs[0])
    assert.equal(traffic, 'operations')
    for (const { id, verdict, samples = 0 } of objectives) {
      assert.equal(verdict, 'PASS', id)
      assert.ok(samples >= 3, id)
    }
    assert.deepEqual(
      endpoints.map(({ endpoint, errors }) => [endpoint, errors]),
      [
        ['enhance', 0],
        ['log-in', 0],
        ['visit', 0],
      ],
    )
    const html = await readFile(join(runs[0] ?? '', 'report.html'), 'utf8')
    assert.match(html, /Operations by operation/)
  },
)

/** Each operation once, on a server that knows no page. */
const SCRIPT = `
import { noLogin } from '${projectPath('lib', 'auth-setup.ts')}'
import { withPage } from '${projectPath('lib', 'browser-page.ts')}'

const ways = {
  good: (page, { target }) => page.goto(target + '/item'),
  unreachable: (page) => page.goto('http://127.0.0.1:1/'),
  late: async (page, { target }) => {
    await page.goto(target + '/item')
    await page.locator('#none').waitFor({ timeout: 500 })
  },
  crashed: async (page) => page.goto('chrome://crash'),
}
const operations = Object.entries(ways).map(([name, drive]) => [
  name,
  { weight: 1, run: (session) => withPage((page) => drive(page, session)) },
])
export const workload = {
  name: 'shop',
  auth: noLogin,
  browser: true,
  thinkTime: { seconds: 0 },
  operations: Object.fromEntries(operations),
}
`

const ERRORS = { indicator: 'error-ratio', limit: '< 1%', of: 'operation', each: 'operation' }

/** On a machine that others keep busy the run is INVALID, with the same failures. */
async function runOnce(t: TestContext, script: string, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-browser-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sla = join(folder, 'sla.json')
  await writeFile(sla, JSON.stringify({ workload: 'shop', objectives: [{ id: 'e', ...ERRORS }] }))
  await writeFile(join(folder, 'workload.ts'), script)
  return withEchoServer((url) =>
    cli(['smoke', '--target', url, '--workload', folder, '--sla', sla], {
      env: { K6_BIN, ...env },
    }),
  )
}

test(
  'a page that goes wrong is a failed operation with a reason and a picture',
  { skip },
  async (t) => {
    const { exitCode, stdout, runs } = await runOnce(t, SCRIPT)

    assert.ok(exitCode === 99 || exitCode === 91, stdout)
    assert.match(stdout, /Exceptions +none/)
    const { objectives, series } = await verdictOf(runs[0])
    assert.deepEqual(Object.fromEntries(objectives.map(({ id, measured }) => [id, measured])), {
      'e [good]': 0,
      'e [unreachable]': 1,
      'e [late]': 1,
      'e [crashed]': 1,
    })
    const reasons = series.rejections.map(({ endpoint, reason }) => [endpoint, reason])
    assert.deepEqual(Object.fromEntries(reasons), {
      unreachable: 'page-unreachable',
      late: 'page-timeout',
      crashed: 'page-crashed',
    })
    const pictures = await readdir(join(runs[0] ?? '', 'screenshots'))
    assert.ok(pictures.length >= 1, String(pictures))
  },
)

test('a script that throws on a page is no failure of the page', { skip }, async (t) => {
  const { exitCode, stdout } = await runOnce(
    t,
    SCRIPT.replace("page.goto('http://127.0.0.1:1/')", 'page.nothing.there'),
  )

  assert.equal(exitCode, 91, stdout)
  assert.match(stdout, /Exceptions +1/)
})

test('without a browser the run is skipped before anything starts, and says why', async (t) => {
  const PATH = await mkdtemp(join(tmpdir(), 'k6v-path-'))
  t.after(() => rm(PATH, { recursive: true }))
  await symlink(process.execPath, join(PATH, 'node'))
  const { exitCode, stderr, runs } = await runOnce(t, SCRIPT, { PATH })

  assert.equal(exitCode, 1, stderr)
  assert.match(stderr, /^error K6V_BROWSER_MISSING: .* the run is skipped/m)
  assert.match(stderr, /apt-get install chromium/)
  assert.deepEqual(runs, [])
})
