// Everything that was recorded can be judged, also when nobody judged it at its end.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { cli, cliArguments, type CliResult, codesOf, readManifest, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { recordedFile } from './recorded-file.ts'
import { type TamperedServer, tamperedServer } from './tampered-server.ts'

const FOLDER = 'tests/fixtures/tampered'

let K6_BIN: string
let server: TamperedServer

before(async () => {
  K6_BIN = (await realK6()).path
  server = await tamperedServer('sound')
})
after(() => server.close())

function runArguments(seconds: number, ...more: string[]): string[] {
  const load = ['--users', '10', '--duration', `${seconds}s`, '--time-scale', '0.01']
  const of = ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`, '--target', server.url]
  return ['sustained', ...load, ...of, ...more]
}

/** What two verdicts of the same samples have in common. */
function numbersOf({ objectives, delivery }: VerdictFile) {
  const measured = objectives.map(({ id, measured, verdict, samples }) => {
    return { id, measured, verdict, samples }
  })
  return { measured, delivery }
}

describe('a run that has ended', () => {
  let whole: CliResult
  let original: VerdictFile

  before(async () => {
    whole = await cli(runArguments(6, '--keep-raw'), { env: { K6_BIN } })
    original = await verdictOf(whole.runs[0])
  })

  /** A copy of the run without some of its files, as a crash or a full disk leaves it. */
  async function without(...names: string[]): Promise<string> {
    const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
    const [from = ''] = whole.runs
    const copy = join(results, basename(from))
    await cp(from, copy, { recursive: true })
    for (const name of names) await rm(join(copy, name), { force: true })
    return copy
  }

  const reports = ['verdict.json', 'report.html', 'report.md', 'junit.xml']
  const crashes = {
    'that was judged by nobody': [...reports, 'samples.parquet'],
    'whose judging was killed': [...reports],
    'of which only the sample file is left': [...reports, 'samples.csv'],
  }
  for (const [title, lost] of Object.entries(crashes)) {
    test(`${title} has the verdict that it had, or would have had`, async () => {
      const run = await without(...lost)
      const { exitCode, stdout, stderr } = await cli(['judge', run, '--keep-raw'])
      const judged = await verdictOf(run)
      assert.deepEqual(numbersOf(judged), numbersOf(original), stdout + stderr)
      assert.equal(judged.verdict, original.verdict, stdout)
      assert.deepEqual(codesOf(judged), codesOf(original), stdout)
      assert.equal(exitCode, whole.exitCode, stdout)
      const written = (await readdir(run)).filter((name) => reports.includes(name))
      assert.deepEqual(written.sort(), [...reports].sort())
      assert.equal((await readManifest(run)).recording?.kind, 'judged from a recording')
    })
  }

  test('is judged by another SLA file, and its first verdict is kept', async () => {
    const run = await without()
    const sla = join(run, 'stricter.json')
    const objective = { id: 'instant', indicator: { latency: 'p50' }, limit: '< 0.01ms' }
    await writeFile(sla, JSON.stringify({ workload: 'tampered', objectives: [objective] }))
    const { exitCode, stdout } = await cli(['judge', run, '--sla', sla])
    assert.equal(exitCode, whole.exitCode === 91 ? 91 : 99, stdout)
    assert.match(stdout, /^Judged {10}from a recording, by .*stricter\.json$/m)
    assert.deepEqual(
      (await verdictOf(run)).objectives.map(({ id, verdict }) => [id, verdict]),
      [['instant', 'FAIL']],
    )
    await stat(join(run, 'verdict.first.json'))
  })

  test('is judged from its CSV and its script alone', async () => {
    const [run = ''] = whole.runs
    const of = ['--script', join(run, 'script.js'), '--sla', `${FOLDER}/sla.json`]
    const { stdout, runs } = await cli(['judge', '--csv', join(run, 'samples.csv'), ...of])
    const judged = await verdictOf(runs[0])
    assert.equal(judged.verdict, 'PASS', stdout)
    assert.equal(judged.delivery.end, 'complete')
    assert.equal(judged.delivery.iterations, original.delivery.iterations)
    assert.deepEqual(
      judged.objectives.map(({ id }) => id),
      original.objectives.map(({ id }) => id),
    )
    await stat(join(run, 'samples.csv'))
  })

  test('whose samples end in the middle of a line keeps all whole lines, and is INVALID', async () => {
    const run = await without(...reports, 'samples.parquet')
    const csv = join(run, 'samples.csv')
    const { size } = await stat(csv)
    const half = await execa('head', ['-c', String(Math.floor(size / 2) - 3), csv], {
      encoding: 'buffer',
      stripFinalNewline: false,
    })
    await writeFile(csv, half.stdout)
    const { exitCode, stdout } = await cli(['judge', run])
    const judged = await verdictOf(run)
    assert.equal(exitCode, 91, stdout)
    assert.ok(codesOf(judged).includes('SAMPLES_CUT'), stdout)
    assert.ok(judged.samples.rows > 0.4 * original.samples.rows, stdout)
    assert.ok(judged.wouldBe, stdout)
  })
})

test('kill -9: the run is refused while it goes on, then INVALID, with what its samples say', async () => {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const env = { K6_VERDICT_RESULTS: results, NO_COLOR: '1', K6_BIN }
  const child = execa('node', cliArguments(runArguments(60)), {
    cwd: projectPath(),
    env,
    reject: false,
    stdin: 'ignore',
  })
  const csv = await recordedFile(results, 300_000)
  const early = await cli(['judge', 'latest'], { env })
  assert.equal(early.exitCode, 2, early.stdout)
  assert.match(early.stderr, /^error K6V_RUN_GOES_ON: .* process \d+ is still running it$/m)

  child.kill('SIGKILL')
  await child
  const { exitCode, stdout, stderr } = await cli(['judge', 'latest'], { env })
  assert.equal(exitCode, 91, stdout + stderr)
  assert.match(stdout, /^ {2}- The run was not finished: \d+ s of 60 s are recorded/m)
  const judged = await verdictOf(dirname(csv))
  assert.equal(codesOf(judged)[0], 'RUN_NOT_FINISHED')
  assert.ok(!codesOf(judged).includes('K6_KILLED'), stdout)
  assert.equal(judged.wouldBe?.verdict, 'PASS', stdout)
  assert.ok((judged.objectives[0]?.samples ?? 0) > 50, stdout)
  await stat(join(dirname(csv), 'report.html'))
})

describe('what cannot be judged is said before anything is read', () => {
  const wrong: [title: string, args: string[], says: RegExp][] = [
    ['neither a run nor a CSV', ['judge'], /^error K6V_WRONG_USAGE: /m],
    ['a CSV without its script', ['judge', '--csv', 'a.csv'], /^error K6V_WRONG_USAGE: /m],
    ['an unknown run', ['judge', '20261121-084801-spike-7f3a'], /^error K6V_RUN_NOT_FOUND: /m],
    ['a folder without a run', ['judge', 'docs'], /^error K6V_RECORDING_MISSING: .*run\.json/m],
    [
      'a workload that is none',
      ['judge', 'docs', '--workload', 'x'],
      /^error K6V_UNKNOWN_WORKLOAD/m,
    ],
  ]
  for (const [title, args, says] of wrong) {
    test(title, async () => {
      const { exitCode, stderr } = await cli(args)
      assert.equal(exitCode, 2, stderr)
      assert.match(stderr, says)
    })
  }
})
