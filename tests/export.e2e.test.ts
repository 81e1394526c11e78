// Samples of a run as files, through the command line.
import assert from 'node:assert/strict'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createRunFolder } from './support/report/example-run-folder.ts'
import { cli, type CliResult } from './cli.ts'

function exportRun(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
  return cli(['export', ...args], { env })
}

for (const [format, file] of [
  ['csv', 'export.csv'],
  ['json', 'export.ndjson'],
  ['parquet', 'export.parquet'],
] as const) {
  test(`${format} goes to ${file} in the run folder, with its rows and bytes`, async (t) => {
    const { path, results } = await createRunFolder(t)
    const env = { K6_VERDICT_RESULTS: results }
    const { exitCode, stdout, stderr } = await exportRun(['latest', '--format', format], env)

    assert.deepEqual([exitCode, stderr], [0, ''])
    assert.match(stdout, new RegExp(`${file}: 3,100 rows, [\\d.]+ KB$`))
    assert.ok((await stat(join(path, file))).size > 1_000)
  })
}

test('times count from the start of the load, and filters narrow each other', async (t) => {
  const { path } = await createRunFolder(t)
  const out = join(path, 'mine.csv')
  const span = ['--from', '10s', '--to', '1m10s', '--metric', 'checks', '--metric', 'http_reqs']
  const filters = [
    '--endpoint',
    'POST /v1/enhance',
    '--region',
    'us-east',
    '--segment',
    'developer',
  ]
  const all = await exportRun([path, '--format', 'csv', '--out', out, ...span])
  assert.match(all.stdout, /mine\.csv: 660 rows/)
  const some = await exportRun([
    path,
    '--format',
    'csv',
    '--out',
    out,
    '--force',
    ...span,
    ...filters,
  ])
  assert.match(some.stdout, /mine\.csv: 300 rows/, some.stderr)
  assert.equal((await readFile(out, 'utf8')).trimEnd().split('\n').length, 301)
})

test('an absolute time needs no verdict', async (t) => {
  const { path } = await createRunFolder(t)
  await rm(join(path, 'verdict.json'))
  const args = [path, '--format', 'csv', '--metric', 'checks', '--from']
  const absolute = await exportRun([...args, '2026-11-21T15:26:56Z'])
  assert.match(absolute.stdout, /: 50 rows/, absolute.stderr)
  assert.match((await exportRun([...args, '50s'])).stderr, /^error K6V_VERDICT_MISSING/)
})

test('an existing file is kept without --force, and the samples even with it', async (t) => {
  const { path } = await createRunFolder(t)
  const out = join(path, 'mine.csv')
  await writeFile(out, 'mine')
  const args = [path, '--format', 'csv', '--out']
  const refused = await exportRun([...args, out])
  assert.equal(refused.exitCode, 2)
  assert.match(refused.stderr, /^error K6V_EXPORT_EXISTS: .*mine\.csv.*\n {2}Add --force/)
  assert.equal(await readFile(out, 'utf8'), 'mine')

  const samples = join(path, 'samples.parquet')
  const { size } = await stat(samples)
  const { exitCode, stderr } = await exportRun([...args, samples, '--force'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_EXPORT_OVER_RUN/)
  assert.equal((await stat(samples)).size, size)
})

for (const [what, args, code] of [
  ['a format that does not exist', ['--format', 'xlsx'], 'K6V_WRONG_USAGE'],
  ['no format', [], 'K6V_WRONG_USAGE'],
  ['no time', ['--format', 'csv', '--from', 'soon'], 'K6V_WRONG_VALUE'],
  [
    'an end before the start',
    ['--format', 'csv', '--from', '20s', '--to', '10s'],
    'K6V_WRONG_VALUE',
  ],
  ['names of machines among samples', ['--format', 'csv', '--name', 'k6_*'], 'K6V_WRONG_USAGE'],
  ['a metric of samples among machines', ['--metrics', '--metric', 'checks'], 'K6V_WRONG_USAGE'],
  ['a mistyped metric', ['--format', 'csv', '--metric', 'http_req'], 'K6V_NO_SUCH_SAMPLES'],
] as const) {
  test(`${what} is one clear error, and leaves no file`, async (t) => {
    const { path } = await createRunFolder(t)
    const { exitCode, stdout, stderr } = await exportRun([path, ...args])
    assert.deepEqual([exitCode, stdout], [2, ''])
    assert.match(stderr, new RegExp(`^error ${code}: .*\\n {2}\\S`))
    assert.deepEqual((await readdir(path)).sort(), ['samples.parquet', 'verdict.json'])
  })
}

test('a run without samples is one clear error', async (t) => {
  const { path } = await createRunFolder(t)
  await rm(join(path, 'samples.parquet'))
  const { exitCode, stderr } = await exportRun([path, '--format', 'csv'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_SAMPLES_UNREADABLE/)
})
