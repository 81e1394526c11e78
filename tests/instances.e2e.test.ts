// One load on several k6: the merged run is the run that one k6 would have made.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DEFAULT_SETTINGS } from '../lib/run-settings.ts'
import { projectPath } from '../scripts/core/project.ts'
import { planRun } from '../scripts/plan/plan-run.ts'
import { convertSamples } from '../scripts/samples/convert.ts'
import { literal, openDatabase } from '../scripts/samples/sample-database.ts'
import { judgeRun } from '../scripts/verdict/judge-run.ts'
import type { RecordedRun } from '../scripts/verdict/recorded-run.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { cli, codesOf, readManifest, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { assertGone, isAlive } from './processes.ts'
import { startOnInstances } from './started-instances.ts'
import { type TamperedServer, tamperedServer } from './tampered-server.ts'

const FOLDER = 'tests/fixtures/tampered'

let K6_BIN: string
let server: TamperedServer

before(async () => {
  K6_BIN = (await realK6()).path
  server = await tamperedServer('sound')
})
after(() => server.close())

const RATE = 60

function openLoad(...more: string[]): string[] {
  const load = ['--model', 'open', '--rate', String(RATE), '--pool-users', '8']
  return ['sustained', ...load, '--duration', '6s', '--time-scale', '0.01', ...target(), ...more]
}

function target(): string[] {
  return ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`, '--target', server.url]
}

test('four instances: counts of a single run, even arrivals, and the verdict of the union', async () => {
  const env = { K6_BIN }
  const four = openLoad('--instances', '4', '--keep-raw')
  const merged = await retryIfStarved('four instances', () => cli(four, { env }))
  const single = await retryIfStarved('one instance', () => cli(openLoad(), { env }))
  const [file, one] = [await verdictOf(merged.runs[0]), await verdictOf(single.runs[0])]
  const [run = ''] = merged.runs

  assert.deepEqual(
    file.run.instances.map(({ name, segment, exitCode }) => [name, segment, exitCode]),
    [
      ['1', '0:1/4', 0],
      ['2', '1/4:2/4', 0],
      ['3', '2/4:3/4', 0],
      ['4', '3/4:1', 0],
    ],
  )
  const { iterations, droppedIterations } = file.delivery
  // An iteration that is due at the very end may just miss it.
  const offered = iterations + droppedIterations
  const ofSingle = one.delivery.iterations + one.delivery.droppedIterations
  assert.ok(Math.abs(offered - ofSingle) <= 2, `${offered} iterations, ${ofSingle} on one k6`)
  assert.equal(one.samples.columns.includes('instance'), false)

  await evenArrivals(join(run, 'samples.parquet'))
  await sameAsUnion(run, file)
  assert.equal(file.generator.instances?.length, 4)
  assert.ok(existsSync(join(run, 'instances', '3', 'summary.json')))
})

/** Merged by time, the instances take turns, and iterations begin at the rate of the whole. */
async function evenArrivals(parquet: string): Promise<void> {
  const database = await openDatabase({ temporaryFolder: tmpdir(), files: [parquet] })
  const [row] = await database.rows<Record<'n' | 'gap' | 'turns' | 'instances', number>>(`
SELECT count(*) AS n, median(began - before) / 1000 AS gap, avg((name <> last)::INT) AS turns,
  count(DISTINCT name) AS instances
FROM (SELECT instance AS name, began, lag(began) OVER w AS before, lag(instance) OVER w AS last
  FROM (SELECT instance, end_us - CAST(value * 1000 AS BIGINT) AS began FROM read_parquet(${literal(parquet)})
    WHERE metric = 'http_req_duration' AND phase = 'hold') WINDOW w AS (ORDER BY began))`)
  database.close()
  const { n = 0, gap = 0, turns = 0, instances = 0 } = row ?? {}
  assert.equal(instances, 4)
  assert.ok(n > 300, String(n))
  assert.ok(Math.abs(gap - 1_000 / RATE) < 3, `${gap} ms between two iterations`)
  assert.ok(turns > 0.9, `${turns} of them begin on another instance than the one before`)
}

/** Puts the CSV files together by hand, as if one k6 had written them, and judges that. */
async function sameAsUnion(run: string, file: VerdictFile): Promise<void> {
  const texts = await Promise.all(
    [1, 2, 3, 4].map((name) =>
      readFile(join(run, 'instances', String(name), 'samples.csv'), 'utf8'),
    ),
  )
  const [header = ''] = (texts[0] ?? '').split('\n', 1)
  const folder = await mkdtemp(join(tmpdir(), 'k6v-union-'))
  const csv = join(folder, 'samples.csv')
  await writeFile(
    csv,
    [header, ...texts.map((text) => text.slice(header.length + 1).trimEnd())].join('\n') + '\n',
  )
  const manifest = await readManifest(run)
  const planned = await planRun({
    workload: { name: 'tampered', path: projectPath(FOLDER) },
    settings: { ...DEFAULT_SETTINGS, ...manifest.settings },
    slaPath: projectPath(FOLDER, 'sla.json'),
    k6: (await realK6()).path,
    env: process.env,
  })
  const database = await openDatabase({ temporaryFolder: folder })
  const report = await convertSamples({ database, csv, parquet: join(folder, 'samples.parquet') })
  assert.ok(report)
  const recorded: RecordedRun = {
    folder: { path: folder },
    recordings: { csv },
    plan: planned.evaluated.plan,
    objectives: planned.objectives,
    startMs: Date.parse(manifest.phases?.[0]?.startedAt ?? ''),
    processMs: { start: Date.parse(manifest.startedAt), end: Date.parse(manifest.endedAt ?? '') },
    instances: [{ summary: undefined, errors: [], exitCode: 0 }],
    generator: { samples: [], cpus: 2, memoryBytes: 1e9 },
    stoppedByUser: false,
    keepRaw: true,
  }
  const union = await judgeRun(recorded, { database, folder, name: 'samples.parquet', report })
  database.close()
  assert.equal(report.rows, file.samples.rows)
  const told = ({
    objectives,
    endpoints,
    series,
  }: Pick<VerdictFile, 'objectives' | 'endpoints' | 'series'>) =>
    JSON.parse(
      JSON.stringify({ objectives, endpoints, percentiles: series.percentiles }),
    ) as unknown
  assert.deepEqual(told(file), told(union))
  assert.equal(union.delivery.iterations, file.delivery.iterations)
}

test('a spike on four instances reaches all of its users', async () => {
  const args = ['spike', '--instances', '4', '--users', '20', '--time-scale', '0.01', ...target()]
  const result = await cli(args, { env: { K6_BIN } })

  const { delivery, series, run } = await verdictOf(result.runs[0])
  assert.equal(delivery.usersReached, 20, result.stdout)
  assert.equal(delivery.usersPlanned, 20)
  assert.ok(Math.max(...series.timeline.users.map(Number)) <= 20)
  const startsMs = run.instances.map(({ loadStartedAt = '' }) => Date.parse(loadStartedAt))
  assert.ok(Math.max(...startsMs) - Math.min(...startsMs) < 1_000, startsMs.join())
})

test('an objective with stop ends all of them', async () => {
  const failing = await tamperedServer('fails')
  const load = ['--users', '20', '--duration', '60s', '--time-scale', '0.01', '--instances', '2']
  const of = ['--workload', FOLDER, '--sla', `${FOLDER}/stop-sla.json`, '--target', failing.url]
  const result = await cli(['sustained', ...load, ...of], { env: { K6_BIN } })
  await failing.close()

  const { stoppedBy, run, delivery } = await verdictOf(result.runs[0])
  assert.equal(stoppedBy?.id, 'errors', result.stdout)
  assert.ok(run.instances.every((each) => each.stoppedBy === 'objective'))
  assert.ok(delivery.elapsedSeconds < 30)
})

function startedRun(count: number) {
  const load = ['--users', '10', '--duration', '60s', '--time-scale', '0.01']
  const args = ['sustained', ...load, ...target(), '--instances', String(count)]
  return startOnInstances(args, { count, K6_BIN })
}

test('one that is killed: what was recorded is kept, INVALID names it, and nothing is left', async () => {
  const { child, pids } = await startedRun(2)
  process.kill(pids[1] ?? 0, 'SIGKILL')
  const { exitCode, stdout } = await child.end

  assert.equal(exitCode, 91, stdout)
  const verdict = await verdictOf(child.run())
  assert.equal(verdict.verdict, 'INVALID')
  const texts = verdict.reasons.map(({ text }) => text)
  assert.ok(
    texts.includes('One of several k6 failed: instance 2: k6 was killed by a signal'),
    stdout,
  )
  assert.ok(codesOf(verdict).includes('SUMMARY_MISSING'), stdout)
  assert.ok(verdict.samples.rows > 500)
  assert.ok(!pids.some(isAlive))
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends all of them, and nothing is left`, async () => {
    const { child, pids } = await startedRun(3)
    child.kill(signal)
    const { exitCode, stdout } = await child.end

    assert.equal(exitCode, 105, stdout)
    assert.equal(codesOf(await verdictOf(child.run()))[0], 'STOPPED_BY_USER')
    assert.ok(!pids.some(isAlive))
  })
}

test('a command line that dies without a word leaves no k6 behind', async () => {
  const { child, pids } = await startedRun(2)
  child.kill('SIGKILL')
  await child.end
  await assertGone(pids)
})
