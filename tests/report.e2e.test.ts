// Reports through the command line: of a small run folder, and of a real run by the real k6.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createRunFolder } from './support/report/example-run-folder.ts'
import { createRow, saying } from './support/report/example-rows.ts'
import { parseXml } from './support/report/example-xml.ts'
import { findChromium } from '../scripts/report/pdf.ts'
import { cli, type CliResult } from './cli.ts'
import { realK6 } from './k6.ts'

const REPORTS = ['junit.xml', 'report.html', 'report.md']

const SECRET = '/services/T000/B000/secret-token'

type Env = Record<string, string>

function report(args: string[], env: Env = {}): Promise<CliResult> {
  return cli(['report', ...args], { env })
}

/** A webhook of our own, and how often it was called. */
async function webhook(t: TestContext, answer: RequestListener) {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      bodies.push(body)
      answer(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { bodies, env: { K6_VERDICT_SLACK_WEBHOOK: `http://127.0.0.1:${port}${SECRET}` } }
}

for (const how of ['id', 'path', 'latest'] as const) {
  test(`report draws all reports of a run that is named by its ${how}`, async (t) => {
    const run = await createRunFolder(t)
    const name = how === 'latest' ? 'latest' : run[how]
    const { exitCode, stdout, stderr } = await report([name], { K6_VERDICT_RESULTS: run.results })

    assert.deepEqual([exitCode, stderr], [0, ''])
    const files = await readdir(run.path)
    for (const file of REPORTS) {
      assert.ok(files.includes(file), file)
      assert.ok(stdout.includes(file), file)
    }
    assert.ok(!files.includes('report.pdf'))
  })
}

test('report draws again what has been lost, from verdict.json alone', async (t) => {
  const { path } = await createRunFolder(t)
  await rm(join(path, 'samples.parquet'))
  await writeFile(join(path, 'junit.xml'), 'torn')
  assert.equal((await report([path])).exitCode, 0)
  assert.equal(parseXml(await readFile(join(path, 'junit.xml'), 'utf8')).name, 'testsuites')
})

test('report --strict makes a close PASS red', async (t) => {
  const objectives = [createRow({ isClose: true, reason: saying('near') })]
  const { path } = await createRunFolder(t, { verdict: { isClose: true, objectives } })
  const failures = async () =>
    parseXml(await readFile(join(path, 'junit.xml'), 'utf8')).attributes['failures']
  await report([path])
  assert.equal(await failures(), '0')
  await report([path, '--strict'])
  assert.equal(await failures(), '1')
})

for (const [what, text, code] of [
  ['missing', undefined, 'K6V_VERDICT_MISSING'],
  ['torn', '{"format":2,"verdict":"PA', 'K6V_VERDICT_BROKEN'],
  ['of another kind', '[]', 'K6V_VERDICT_BROKEN'],
  ['of an older format', '{"format":1,"verdict":"PASS"}', 'K6V_VERDICT_BROKEN'],
] as const) {
  test(`a verdict that is ${what} is one clear error`, async (t) => {
    const { path } = await createRunFolder(t)
    const verdict = join(path, 'verdict.json')
    await (text === undefined ? rm(verdict) : writeFile(verdict, text))
    const { exitCode, stdout, stderr } = await report([path])
    assert.deepEqual([exitCode, stdout], [2, ''])
    assert.match(stderr, new RegExp(`^error ${code}: .*verdict\\.json.*\\n {2}\\S.*$`))
  })
}

test('a run that does not exist is one clear error', async () => {
  const { exitCode, stderr } = await report(['no-such-run'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_RUN_NOT_FOUND: .*"no-such-run"/)
})

test('without Chromium, --pdf draws the other reports and says what to do', async (t) => {
  const { path } = await createRunFolder(t)
  const { exitCode, stderr } = await report([path, '--pdf'], { CHROMIUM_BIN: '/no/chromium' })
  assert.equal(exitCode, 1)
  assert.match(stderr, /^error K6V_CHROMIUM_NOT_FOUND: .*\/no\/chromium\n {2}Install it/)
  assert.ok((await readdir(path)).includes('report.html'))
})

const chromium = await findChromium(process.env).catch(() => undefined)
const skip = chromium === undefined ? 'no Chromium here' : false

test('--pdf prints the report with the real Chromium', { skip }, async (t) => {
  const { path } = await createRunFolder(t)
  const { exitCode, stdout, stderr } = await report([path, '--pdf'])
  assert.equal(exitCode, 0, stderr)
  assert.match(stdout, /report\.pdf$/)
  const pdf = await readFile(join(path, 'report.pdf'))
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  assert.ok(pdf.length > 10_000, `${pdf.length} bytes`)
})

test('report --slack sends the run once', async (t) => {
  const { path } = await createRunFolder(t)
  const { bodies, env } = await webhook(t, (_, response) => response.end('ok'))
  assert.deepEqual(
    await report([path], env).then(({ exitCode }) => [exitCode, bodies.length]),
    [0, 0],
  )
  assert.deepEqual((await report([path, '--slack'], env)).exitCode, 0)
  assert.equal(bodies.length, 1)
  assert.match(bodies[0] ?? '', /^\{"text":"PASS: load on better-prompts"/)
})

for (const { what, answer, reason } of [
  {
    what: 'fails',
    answer: ({ url }, response) => response.writeHead(500).end(url),
    reason: 'the webhook answered with 500',
  },
  {
    what: 'redirects',
    answer: ({ url }, response) => response.writeHead(302, { location: `${url ?? ''}/x` }).end(),
    reason: 'the webhook redirects with 302',
  },
  { what: 'hangs', answer: () => undefined, reason: 'the webhook did not answer within 5 s' },
] satisfies { what: string; answer: RequestListener; reason: string }[]) {
  test(`a webhook that ${what} is one line, and no failure`, async (t) => {
    const { path } = await createRunFolder(t)
    const { bodies, env } = await webhook(t, answer)
    const { exitCode, stdout, stderr } = await report([path, '--slack'], env)
    assert.deepEqual([exitCode, bodies.length], [0, 1])
    assert.equal(stderr, `Slack was not told: ${reason}`)
    assert.doesNotMatch(stdout, /secret-token/)
  })
}

test('--slack without a webhook is wrong usage', async (t) => {
  const { path } = await createRunFolder(t)
  const { exitCode, stderr } = await report([path, '--slack'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /K6_VERDICT_SLACK_WEBHOOK/)
})

test('a real run leaves all reports, tells GitHub and Slack, and keeps the webhook secret', async (t) => {
  const { path: K6_BIN } = await realK6()
  const folder = await mkdtemp(join(tmpdir(), 'k6v-summary-'))
  t.after(() => rm(folder, { recursive: true }))
  const summary = join(folder, 'summary.md')
  const { bodies, env } = await webhook(t, (_, response) => response.writeHead(500).end())
  const { exitCode, stdout, stderr, runs } = await cli(['smoke'], {
    env: { ...env, K6_BIN, GITHUB_STEP_SUMMARY: summary },
  })

  assert.equal(exitCode, 0, stdout + stderr)
  assert.equal(stderr, 'Slack was not told: the webhook answered with 500')
  assert.equal(bodies.length, 1)
  const [path = ''] = runs
  const files = await readdir(path)
  for (const file of [...REPORTS, 'verdict.json', 'run.json', 'samples.parquet', 'k6.log']) {
    assert.ok(files.includes(file), file)
  }
  assert.equal(
    await readFile(summary, 'utf8'),
    `${await readFile(join(path, 'report.md'), 'utf8')}\n`,
  )
  for (const file of files)
    assert.ok(!(await readFile(join(path, file))).includes('secret-token'), file)
  assert.doesNotMatch(stdout, /secret-token/)
})

test('a summary that cannot be written is one line; the reports are those that report draws', async () => {
  const { path: K6_BIN } = await realK6()
  const env = { K6_BIN, GITHUB_STEP_SUMMARY: '/no/such/folder/summary.md' }
  const { exitCode, stderr, runs } = await cli(['smoke'], { env })
  assert.equal(exitCode, 0)
  assert.match(stderr, /^GITHUB_STEP_SUMMARY could not be written: .*$/)
  const [path = ''] = runs
  const read = () => Promise.all(REPORTS.map((file) => readFile(join(path, file), 'utf8')))
  const before = await read()
  assert.equal((await report([path])).exitCode, 0)
  assert.deepEqual(await read(), before)
})
