// Comparisons with the real k6: a slower server is found, an equal one is not accused, a stop keeps what is done.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { execa } from 'execa'
import type { PairsFile } from '../scripts/pairs/pairs-file.ts'
import type { RunFigures } from '../scripts/compare/run-figures.ts'
import { projectPath } from '../scripts/core/project.ts'
import { cli, type CliResult, cliArguments, retryIfStarved } from './cli.ts'
import { timedServer, type TimedServer } from './compare-server.ts'
import { realK6 } from './k6.ts'

const FOLDER = 'tests/fixtures/tampered'
const OWN = ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`]
const SMALL = ['sustained', ...OWN, '--users', '20', '--duration', '1s', '--time-scale', '0.01']

let K6_BIN: string
let baseline: TimedServer
let candidate: TimedServer
let slower: TimedServer
let found: CliResult

before(async () => {
  K6_BIN = (await realK6()).path
  baseline = await timedServer(20)
  candidate = await timedServer(20)
  slower = await timedServer(28)
  found = await comparePairs(slower.url)
})
after(async () => {
  for (const server of [baseline, candidate, slower]) await server.close()
})

test('a candidate that takes 40 % longer is a REGRESSION', async () => {
  assert.equal(found.exitCode, 99, found.stdout + found.stderr)
  assert.match(found.stdout, /^10 runs of 1 s, about \d+ s/m)
  assert.match(found.stdout, /^pair 5 of 5 {2}p50 \+\d+%/m)
  assert.match(found.stdout, /^REGRESSION {2}sustained on tampered/m)

  const file = await readPairs(found)
  const [median] = file.gates
  assert.equal(median?.verdict, 'REGRESSION')
  assert.ok(Math.abs(Math.exp(median.estimate ?? 0) - 1.4) < 0.15, JSON.stringify(median))
  assert.equal(file.pairs.length, 5)
  assert.ok(new Set(file.pairs.map(({ order }) => order[0])).size === 2)
  const markdown = await readFile(join(found.runs[0] ?? '', 'compare.md'), 'utf8')
  assert.match(markdown, /^## REGRESSION: sustained on tampered$[^]*^\| p50 \|.* REGRESSION \|$/m)
})

test('a candidate that is the same is no REGRESSION', async () => {
  const result = await comparePairs(candidate.url)
  const { verdict, gates } = await readPairs(result)
  assert.notEqual(verdict, 'REGRESSION', result.stdout)
  assert.equal(result.exitCode, 0, result.stdout + result.stderr)
  assert.match(result.stdout, /candidate against baseline: p50 at most [+-]?[\d.]+%, p95 at most/)
  assert.ok(Math.abs(gates[0]?.estimate ?? 1) < 0.1, JSON.stringify(gates))
})

test('two runs are shown side by side, and a baseline file stands for one of them', async () => {
  const folder = found.runs[0] ?? ''
  const [first, second] = ['pair-01-baseline', 'pair-01-candidate'].map((run) => join(folder, run))
  const file = join(await mkdtemp(join(tmpdir(), 'k6-verdict-baseline-')), 'baseline.json')
  const saved = await cli(['compare', '--save-baseline', file, first ?? ''])
  assert.equal(saved.exitCode, 0, saved.stderr)
  const text = await readFile(file, 'utf8')
  assert.ok(text.length < 20_000, `${text.length} characters`)
  assert.equal((JSON.parse(text) as RunFigures).scenario, 'sustained')

  const byRun = await cli(['compare', first ?? '', second ?? ''])
  const byFile = await cli(['compare', file, second ?? ''])
  assert.equal(byRun.exitCode, 0, byRun.stderr)
  assert.match(byRun.stdout, /^INDICATIVE {2}sustained on tampered: one run each is no proof$/m)
  // A run of a second is too short to prove that it is worse: its interval is wide.
  assert.match(
    byRun.stdout,
    /^each-endpoint \[GET \/usual\] +latency p50 .* \+\d+% .* (worse|~) *$/m,
  )
  assert.match(byRun.stdout, /^GET \/usual +p50 .* \+\d+% .* (worse|~) *$/m)
  assert.equal(byFile.stdout, byRun.stdout)
})

test('runs of different tests are refused, with all that differs', async () => {
  const folder = found.runs[0] ?? ''
  const run = join(folder, 'pair-01-baseline')
  const file = join(await mkdtemp(join(tmpdir(), 'k6-verdict-baseline-')), 'baseline.json')
  await cli(['compare', '--save-baseline', file, run])
  const figures = JSON.parse(await readFile(file, 'utf8')) as RunFigures
  const other = { ...figures, scenario: 'load', plan: { ...figures.plan, target: 7 } }
  await writeFile(file, JSON.stringify(other))
  const { exitCode, stderr } = await cli(['compare', file, run])
  assert.equal(exitCode, 2)
  assert.match(stderr, /K6V_NOT_COMPARABLE[^]*scenario: load and sustained[^]*load: 7 users and 20/)
})

test('Ctrl+C keeps the finished pairs', async () => {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const child = execa('node', cliArguments(pairsOf(candidate.url)), {
    cwd: projectPath(),
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', K6_BIN },
    stdin: 'ignore',
    reject: false,
    timeout: 60_000,
  })
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    if (line.startsWith('pair 1 of 5')) child.kill('SIGINT')
  })
  const { exitCode, stdout, stderr } = await child
  assert.equal(exitCode, 105, stdout + stderr)
  const [run = ''] = await readdir(results)
  const file = await readPairs({ runs: [join(results, run)] })
  assert.equal(file.pairs.length, 1)
  assert.equal(file.verdict, 'NO_DATA')
  assert.match(stdout, /p50 was measured in 1 pair, at least 5 are needed/)
})

test('every command of docs/compare.md does what it says', async () => {
  const run = join(found.runs[0] ?? '', 'pair-01-candidate')
  const file = join(await mkdtemp(join(tmpdir(), 'k6-verdict-baseline-')), 'baseline.json')
  await cli(['compare', '--save-baseline', file, run])
  const text = await readFile(projectPath('docs', 'compare.md'), 'utf8')
  const commands = [...text.matchAll(/^npm run k6 -- (compare .*)$/gm)].map(([, args = '']) => args)
  assert.ok(commands.length >= 4)
  const check = async (command: string): Promise<void> => {
    const args = command
      .replaceAll(/latest|20\d{6}-\d{6}-load-\w+/g, run)
      .replace('baseline.json', file)
      // Nothing listens there: all that comes before the first run is checked.
      .replaceAll(/http:\S+/g, 'http://127.0.0.1:9')
    const { exitCode, stderr } = await cli(args.split(' '), { env: { K6_BIN } })
    if (args.includes('--pairs')) assert.match(stderr, /K6V_TARGET_UNREACHABLE/, command)
    else assert.equal(exitCode, 0, `${command}\n${stderr}`)
  }
  await Promise.all(commands.map(check))
})

for (const { title, args, says } of [
  {
    title: 'pairs need both targets',
    args: ['--pairs', '5', 'smoke', '--baseline', 'http://127.0.0.1:9'],
    says: /K6V_WRONG_USAGE: --pairs needs --baseline <url> and --candidate <url>/,
  },
  {
    title: 'both targets need permission',
    args: pairsOf('http://staging.example.com').slice(1).concat('--users', '60'),
    says: /K6V_TARGET_NOT_ALLOWED: Expected permission to send 60 users to staging.example.com/,
  },
  {
    title: 'a run that does not exist is named',
    args: ['no-such-run', 'latest'],
    says: /K6V_RUN_NOT_FOUND: .*"no-such-run"/,
  },
  {
    title: 'a file that is no baseline is named',
    args: ['package.json', 'latest'],
    says: /K6V_BASELINE_UNUSABLE: Expected package.json to be a baseline: expected kind, got nothing/,
  },
  {
    title: 'one run is not two',
    args: ['latest'],
    says: /K6V_WRONG_USAGE: Expected two runs, got 1/,
  },
]) {
  test(title, async () => {
    const { exitCode, stderr, runs } = await cli(['compare', ...args])
    assert.equal(exitCode, 2, stderr)
    assert.match(stderr, says)
    assert.deepEqual(runs, [])
  })
}

// A wider margin than usual: this machine may be busy with other tests.
function pairsOf(url: string): string[] {
  const sides = ['--baseline', baselineUrl(), '--candidate', url]
  return ['compare', '--pairs', '5', ...SMALL, ...sides, '--margin', '5%']
}

// Refusals are tried without a server.
function baselineUrl(): string {
  return (baseline as TimedServer | undefined)?.url ?? 'http://127.0.0.1:9'
}

function comparePairs(url: string): Promise<CliResult> {
  return retryIfStarved(`pairs with ${url}`, () => cli(pairsOf(url), { env: { K6_BIN } }))
}

async function readPairs({ runs }: Pick<CliResult, 'runs'>): Promise<PairsFile> {
  return JSON.parse(await readFile(join(runs[0] ?? '', 'compare.json'), 'utf8')) as PairsFile
}
