// The command line as a user meets it.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cli, cliArguments, codesOf, readManifest, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const SHORT = ['--users', '5', '--duration', '3s', '--time-scale', '0.02']

test('list names every scenario with its question, those of one workload below it', async () => {
  const { exitCode, stdout } = await cli(['list'])

  assert.equal(exitCode, 0)
  assert.match(stdout, /^ {2}spike +Spike: does the API survive/m)
  assert.match(stdout, /^ {2}better-prompts: One BetterPrompts user/m)
  assert.match(stdout, /^ {2}value-canvas: .*\n(?: {6}.*\n)*? {6}canvas-reads +Canvas reads: /m)
})

test('without a word the usage is printed, and that is no error', async () => {
  const { exitCode, stdout, stderr } = await cli([])

  assert.equal(exitCode, 0)
  assert.match(stdout, /^Usage: npm run k6 -- <scenario> \[options\]/)
  assert.equal(stderr, '')
})

test('help has examples and the exit codes', async () => {
  const { exitCode, stdout } = await cli(['spike', '--help'])

  assert.equal(exitCode, 0)
  assert.match(stdout, /npm run k6 -- spike --target http:\/\/127\.0\.0\.1:8080/)
  assert.match(stdout, /99 FAIL, 90 NO_DATA, 91 INVALID/)
})

test('a mix that there is not is refused with those that there are', async () => {
  const { exitCode, stderr, runs } = await cli(['canvas-reads', '--mix', 'sale'])

  assert.equal(exitCode, 2)
  assert.match(stderr, /Expected --mix to be one of .*reads.*, got "sale"/)
  assert.deepEqual(runs, [])
})

test('a scenario of one workload is refused for another', async () => {
  const { exitCode, stderr } = await cli(['canvas-reads', '--workload', 'better-prompts'])

  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_WORKLOAD_LACKS: .*canvas-reads/m)
  assert.match(stderr, /--workload value-canvas/)
})

test('only a scenario in steps shows how to run without a second pass', async () => {
  const shown = await Promise.all(
    ['breakpoint', 'spike', 'compare'].map(async (command) => {
      return (await cli([command, '--help'])).stdout.includes('--no-second-pass')
    }),
  )
  assert.deepEqual(shown, [true, false, false])
})

test('a reader of the output that has seen enough is no error', async () => {
  const script = 'node "$@" | head -n 1'
  const args = cliArguments(['spike', '--help'])
  const { stdout, stderr } = await execa('bash', ['-c', script, 'bash', ...args], {
    cwd: projectPath(),
  })
  assert.deepEqual([stdout.split('\n').length, stderr], [1, ''])
})

test('doctor finds node and k6', async () => {
  const { exitCode, stdout, stderr } = await cli(['doctor'], { env: { K6_BIN } })

  assert.equal(exitCode, 0, stdout + stderr)
  assert.match(stdout, /node +.*20\.|node +.*2\d\./i)
  assert.match(stdout, /k6 +.*v2\.2\.0/)
})

test('without a target the sandbox is used, at time scale 0.1, and one line says so', async () => {
  const { exitCode, stdout, runs } = await cli(['smoke'], { env: { K6_BIN } })

  assert.equal(exitCode, 0, stdout)
  assert.match(
    stdout,
    /^no --target, so the sandbox is used: http:\/\/127\.0\.0\.1:\d+, at time scale 0\.1/m,
  )
  assert.equal((await readManifest(runs[0] ?? '')).target.sandbox, true)
})

test('Ctrl+C once ends k6 cleanly, prints what was measured, and exits with 105', async () => {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-ctrl-c-'))
  const args = cliArguments([
    'sustained',
    '--users',
    '20',
    '--duration',
    '60s',
    '--time-scale',
    '0.02',
  ])
  const child = execa('node', args, {
    cwd: projectPath(),
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', K6_BIN },
    reject: false,
    timeout: 120_000,
  })
  let sandboxUrl = ''
  for await (const line of child) {
    sandboxUrl ||= /sandbox is used: (\S+),/.exec(line)?.[1] ?? ''
    // The first progress line: k6 is running.
    if (/ hold .* requests\/s/.test(line)) {
      child.kill('SIGINT')
      // npm passes the terminal's signal on: the second one within a moment must change nothing.
      child.kill('SIGINT')
    }
  }
  const { exitCode, stdout } = await child

  assert.equal(exitCode, 105, stdout)
  assert.match(stdout, /^INVALID[^]*Stopped by the user after \d+ s of \d+ s/m)
  assert.match(stdout, /^POST \/v1\/enhance/m)
  await assert.rejects(fetch(sandboxUrl), 'the sandbox has ended')
  const [run = ''] = await readdir(results)
  assert.equal(codesOf(await verdictOf(join(results, run)))[0], 'STOPPED_BY_USER')
  assert.equal((await readManifest(join(results, run))).instances[0]?.stoppedBy, 'user')
})

test('two runs at once do not disturb each other', async () => {
  const both = await Promise.all([
    cli(['smoke'], { env: { K6_BIN } }),
    cli(['smoke'], { env: { K6_BIN } }),
  ])

  assert.deepEqual(
    both.map(({ exitCode }) => exitCode),
    [0, 0],
    both.map(({ stdout, stderr }) => stdout + stderr).join('\n'),
  )
})

test('the web dashboard is on this machine only, and its page is kept', async () => {
  const args = [
    'sustained',
    ...SHORT,
    '--duration',
    '8s',
    '--web-dashboard',
    '--sla',
    'tests/fixtures/lenient-sla.json',
  ]
  const { exitCode, stdout, stderr, runs } = await retryIfStarved(args.join(' '), () =>
    cli(args, { env: { K6_BIN } }),
  )

  assert.equal(exitCode, 0, stdout + stderr)
  assert.match(stdout, /^web dashboard: http:\/\/127\.0\.0\.1:\d+/m)
  const page = await readFile(join(runs[0] ?? '', 'dashboard.html'), 'utf8')
  assert.match(page, /<html/i)
})

test('--out passes further outputs through, and their samples carry the run id', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-out-'))
  const file = join(folder, 'samples.json')
  const args = [
    'sustained',
    ...SHORT,
    '--out',
    `json=${file}`,
    '--sla',
    'tests/fixtures/lenient-sla.json',
  ]
  const { exitCode, stdout, stderr, runs } = await retryIfStarved(args.join(' '), () =>
    cli(args, { env: { K6_BIN } }),
  )

  assert.equal(exitCode, 0, stdout + stderr)
  const { id } = await readManifest(runs[0] ?? '')
  const samples = await readFile(file, 'utf8')
  assert.ok(samples.includes(`"testid":"${id}"`), samples.slice(0, 500))
  assert.match(samples, /"phase":"hold"/)
})

test('npm run build makes bundles that plain k6 runs, thresholds included', async () => {
  const { exitCode, stdout, stderr } = await cli(['build'])
  assert.equal(exitCode, 0, stdout + stderr)

  const script = projectPath('build', 'better-prompts', 'smoke.js')
  const env = { BASE_URL: 'http://127.0.0.1:9', K6_NO_USAGE_REPORT: 'true' }
  const dead = await execa(K6_BIN, ['run', '--quiet', script], { env, reject: false })
  assert.equal(dead.exitCode, 107, dead.stderr)
  assert.match(await readFile(script, 'utf8'), /http_req_failed\{judged:yes\}/)
})
