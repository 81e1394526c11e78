// A run folder that somebody else made is data: no command runs what is written in it.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { test, type TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { createRunFolder } from './support/report/example-run-folder.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { cli } from './cli.ts'

/** Changes the verdict of a folder, so that it holds some SQL. */
type Change = (file: VerdictFile, sql: string) => unknown

/** Two folders of the same test, the second one changed; `stolen` is what its SQL would write. */
async function twoRuns(t: TestContext, change: Change) {
  const before = await createRunFolder(t)
  const now = await createRunFolder(t, { id: '20261121-094604-load-7f3a' })
  const path = join(now.path, 'verdict.json')
  const file = JSON.parse(await readFile(path, 'utf8')) as VerdictFile
  const stolen = join(now.results, 'stolen.csv')
  await writeFile(path, JSON.stringify(change(file, copyTo(stolen))))
  return { before: before.path, now: now.path, stolen }
}

test('compare reads the samples of both folders', async (t) => {
  const { before, now } = await twoRuns(t, (file) => file)
  const { exitCode, stdout, stderr } = await cli(['compare', before, now])
  assert.equal(exitCode, 0, stderr)
  assert.match(stdout, /GET \/v1\/history/)
})

function copyTo(path: string): string {
  return `COPY (SELECT content FROM read_text('/etc/hostname')) TO '${path}'`
}

const OLDER = 'as the SQL of an older version'

const EVIL: Record<string, Change> = {
  [OLDER]: (file, sql) => {
    const table = `SELECT 'a' AS name, 1 AS duration_ms, false AS failed, 0 AS at_us, 'hold' AS phase`
    return { ...file, tables: { requests: `${table}) WHERE true; ${sql}; FROM (${table}` } }
  },
  'as the name of a phase': ({ run, ...file }, sql) => {
    const phases = run.plan.phases.map((phase) => ({ ...phase, name: `x' END); ${sql}; --` }))
    return { ...file, run: { ...run, plan: { ...run.plan, phases } } }
  },
  'as the time of a phase': ({ run, ...file }, sql) => {
    const phases = run.plan.phases.map((phase) => ({ ...phase, endSeconds: `1); ${sql}; --` }))
    return { ...file, run: { ...run, plan: { ...run.plan, phases } } }
  },
  'as the start of the load': (file, sql) => {
    const { timeline, ...series } = file.series
    return { ...file, series: { ...series, timeline: { ...timeline, startMs: `0; ${sql}; --` } } }
  },
}

for (const [title, evil] of Object.entries(EVIL)) {
  test(`SQL in a verdict, ${title}, is never run`, async (t) => {
    const { before, now, stolen } = await twoRuns(t, evil)
    const { exitCode, stderr } = await cli(['compare', now, before])
    assert.ok(!existsSync(stolen), stderr)
    // A field of an older version is no damage, and nobody reads it.
    const isOlder = title === OLDER
    assert.equal(exitCode, isOlder ? 0 : 2, stderr)
    if (!isOlder) assert.match(stderr, /^error K6V_VERDICT_BROKEN: /)
  })
}

/** What can be wrong with any JSON file. */
const DAMAGES: Record<string, (text: string) => string> = {
  'no bytes': () => '',
  'its beginning only': (text) => text.slice(0, text.length / 2),
  null: () => 'null',
  'a list': () => '[]',
  'an id that moves the cursor': (text) => text.replaceAll(/"id": "/g, '"id": "\\u001b[2J'),
  'an id that leads elsewhere': (text) => text.replaceAll(/"id": "/g, '"id": "../../'),
  'a number without end': (text) =>
    text.replace(/"durationSeconds": \d+/, '"durationSeconds": 1e999'),
  'a number as text': (text) => text.replace(/"durationSeconds": (\d+)/, '"durationSeconds": "$1"'),
  'phases that are none': (text) => text.replace(/"phases": \[/, '"phases": [null, '),
}

const OF_VERDICT: Record<string, (text: string) => string> = {
  ...DAMAGES,
  'another format': (text) => text.replace('"format": 2', '"format": 3'),
  'an INVALID run as a PASS': (text) =>
    text.replace('"reasons": []', '"reasons": [{"code":"NO_ITERATION","text":"none","data":{}}]'),
}

/** Each command that reads a file of a run, the file, and the code of what it says. */
const READERS: [args: (run: string) => string[], file: string, code: string][] = [
  [(run) => ['report', run], 'verdict.json', 'K6V_VERDICT_BROKEN'],
  [(run) => ['compare', run, run], 'verdict.json', 'K6V_VERDICT_BROKEN'],
  [
    (run) => ['export', run, '--format', 'csv', '--from', '1s'],
    'verdict.json',
    'K6V_VERDICT_BROKEN',
  ],
  [(run) => ['merge', run], 'run.json', 'K6V_RUN_FILE_BROKEN'],
]

for (const [args, file, code] of READERS) {
  const [command] = args('')
  for (const [what, damage] of Object.entries(file === 'run.json' ? DAMAGES : OF_VERDICT)) {
    test(`${command} says in one line what is wrong with a ${file} of ${what}`, async (t) => {
      const { path } = await createRunFolder(t)
      const whole = await wholeFile(path, file)
      assert.notEqual(damage(whole), whole)
      await writeFile(join(path, file), damage(whole))
      const { exitCode, stdout, stderr } = await cli(args(path))
      assert.equal(exitCode, 2, stdout + stderr)
      const [message = '', , ...others] = stderr.trimEnd().split('\n')
      assert.ok(message.startsWith(`error ${code}: Expected ${join(path, file)} to be `), stderr)
      assert.deepEqual(others, [])
      assert.doesNotMatch(stderr, /[^\P{Cc}\n]/u)
    })
  }
}

// The run of a verdict is its run.json.
async function wholeFile(path: string, file: string): Promise<string> {
  const text = await readFile(join(path, 'verdict.json'), 'utf8')
  const { run } = JSON.parse(text) as VerdictFile
  return file === 'run.json' ? JSON.stringify(run, null, 2) : text
}

test('history counts each folder that it cannot read, and says why', async (t) => {
  const sound = await createRunFolder(t)
  const { results } = sound
  const whole = await readFile(join(sound.path, 'verdict.json'), 'utf8')
  for (const [index, damage] of Object.values(OF_VERDICT).slice(0, 5).entries()) {
    const run = await createRunFolder(t, { results, id: `20261121-09460${index}-load-7f3a` })
    await writeFile(join(run.path, 'verdict.json'), damage(whole))
  }
  const { exitCode, stdout, stderr } = await cli(['history'], {
    env: { K6_VERDICT_RESULTS: results },
  })
  assert.equal(exitCode, 0, stderr)
  assert.match(stdout, /^skipped 5 folders: 5 with one that cannot be read$/m)
  assert.match(stdout, /^ {2}20261121-094600-load-7f3a: it is empty$/m)
  assert.match(stdout, /^ {2}20261121-094604-load-7f3a: expected run\.id to be a name/m)
  assert.doesNotMatch(stdout, /[^\P{Cc}\n]/u)
})

test('report says of a folder without a verdict how to get one', async (t) => {
  const { path } = await createRunFolder(t)
  await rm(join(path, 'verdict.json'))
  const { exitCode, stderr } = await cli(['report', path])
  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_VERDICT_MISSING: .* has no verdict\.json\n/)
  assert.ok(stderr.includes(`npm run k6 -- judge ${path}`), stderr)
})

test('a workload that lies in the folder of a run is never run', async (t) => {
  const results = projectPath('results', `foreign-${process.pid}`)
  await mkdir(results, { recursive: true })
  t.after(() => rm(results, { recursive: true, force: true }))
  const { path, id } = await createRunFolder(t, { results })
  const stolen = join(results, 'stolen')
  // What init code can reach in Node.
  const code = `process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(stolen)}, '')`
  await writeFile(join(path, 'workload.ts'), code)
  const run = JSON.parse(await wholeFile(path, 'run.json')) as VerdictFile['run']
  const workload = relative(projectPath(), path)
  const evil = { ...run, workload, plan: { ...run.plan, workload } }
  await writeFile(join(path, 'run.json'), JSON.stringify(evil))
  const { exitCode, stderr } = await cli(['judge', path])

  assert.equal(exitCode, 2, stderr)
  assert.match(stderr, new RegExp(id))
  assert.ok(!existsSync(stolen), stderr)
})
