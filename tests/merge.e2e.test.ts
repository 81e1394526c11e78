// Segments of one load, made as two machines would make them, become one run; what does not fit is refused.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Manifest } from '../scripts/run-folder/manifest.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { cli, type CliResult, codesOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type TamperedServer, tamperedServer } from './tampered-server.ts'

const FOLDER = 'tests/fixtures/tampered'

let K6_BIN: string
let server: TamperedServer
/** The run folders of both machines. */
let runs: string[]
let machines: CliResult[]

before(async () => {
  K6_BIN = (await realK6()).path
  server = await tamperedServer('sound')
  const startAt = new Date(Date.now() + 20_000).toISOString()
  machines = await Promise.all(
    ['1/2', '2/2'].map((segment) => {
      const load = ['--users', '9', '--duration', '5s', '--time-scale', '0.01']
      const of = ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`, '--target', server.url]
      const part = ['--segment', segment, '--start-at', startAt]
      return cli(['sustained', ...load, ...of, ...part], { env: { K6_BIN } })
    }),
  )
  runs = machines.map(({ runs: [run = ''] }) => run)
})
after(() => server.close())

async function readJson<Content>(...path: string[]): Promise<Content> {
  return JSON.parse(await readFile(join(...path), 'utf8')) as Content
}

test('a segment says that it is one, and is held against its own part of the load', async () => {
  for (const [index, run] of runs.entries()) {
    const { reasons, delivery, run: manifest } = await readJson<VerdictFile>(run, 'verdict.json')
    const told = reasons.find(({ code }) => code === 'PART_OF_LOAD')
    assert.equal(told?.data['part'], `segment ${index + 1}/2`, machines[index]?.stdout)
    // Nine users, dealt out in turn.
    assert.equal(delivery.usersPlanned, 5 - index)
    assert.equal(delivery.usersReached, 5 - index, machines[index]?.stdout)
    assert.deepEqual(manifest.instances[0]?.segment, ['0:1/2', '1/2:1'][index])
    assert.ok(Math.abs(manifest.segment?.clock?.offsetMs ?? NaN) < 500)
  }
})

test('merged, they are one run with all samples and one verdict', async () => {
  const result = await cli(['merge', ...runs])
  const [run = ''] = result.runs

  const merged = await readJson<VerdictFile>(run, 'verdict.json')
  const parts = await Promise.all(runs.map((each) => readJson<VerdictFile>(each, 'verdict.json')))
  const sum = (of: (file: VerdictFile) => number): number =>
    parts.reduce((total, part) => total + of(part), 0)
  assert.equal(
    merged.samples.rows,
    sum(({ samples }) => samples.rows),
  )
  assert.equal(
    merged.delivery.iterations,
    sum(({ delivery }) => delivery.iterations),
  )
  assert.equal(merged.delivery.usersReached, 9, result.stdout)
  assert.equal(merged.delivery.usersPlanned, 9)
  for (const [index, { id, samples = 0 }] of merged.objectives.entries()) {
    const both = sum(({ objectives }) => objectives[index]?.samples ?? 0)
    // Each machine has its phases from its own start, which is a few milliseconds apart.
    assert.ok(Math.abs(samples - both) <= 5, `${id}: ${samples}, not ${both}`)
  }
  assert.deepEqual(
    merged.run.instances.map(({ name }) => name),
    ['1', '2'],
  )
  assert.ok(!codesOf(merged).includes('PART_OF_LOAD'))
  const manifest = await readJson<Manifest>(run, 'run.json')
  assert.deepEqual(
    manifest.mergedFrom?.map(({ id }) => id),
    runs.map((each) => basename(each)),
  )
  for (const name of ['report.html', 'junit.xml', 'report.md', 'script.js', 'samples.parquet']) {
    assert.ok((await readFile(join(run, name))).length > 0, name)
  }
})

describe('what is no part of the same load is refused, with the reason', () => {
  type Change = (manifest: Manifest) => void
  const cases: [what: string, change: Change, says: RegExp][] = [
    [
      'another seed',
      ({ settings }) => (settings.seed = 2),
      /has another seed than .* \(2, not 1\)/,
    ],
    ['another plan', ({ plan }) => (plan.target = 10), /has another plan than/],
    [
      'a machine that began later',
      (manifest) => {
        for (const phase of manifest.phases ?? []) phase.startedAt = later(phase.startedAt, 1_500)
      },
      /began \d\.\d s after its --start-at; .* began 1\.\d s after/,
    ],
    [
      'a machine whose clock was wrong',
      ({ segment }) => {
        if (segment?.clock) segment.clock.offsetMs += 5_000
      },
      /the clocks of .* and .* were 5\.\d s apart \(by the Date header of http:\/\/127/,
    ],
    [
      'the same segment twice',
      ({ segment }) => {
        if (segment) segment.part = 1
      },
      /segment 1\/2 is there 2 times \(.*\); segment 2\/2 is missing/,
    ],
    [
      'another number of segments',
      ({ segment }) => {
        if (segment) segment.of = 3
      },
      /has another number of segments than .* \(3, not 2\)/,
    ],
  ]
  for (const [what, change, says] of cases) {
    test(what, async () => {
      const copy = await copyOf(runs[1] ?? '')
      const manifest = await readJson<Manifest>(copy, 'run.json')
      change(manifest)
      await writeFile(join(copy, 'run.json'), JSON.stringify(manifest))
      await refused([runs[0] ?? '', copy], says)
    })
  }

  test('a missing segment', () => refused([runs[0] ?? ''], /segment 2\/2 is missing/))

  test('another bundle', async () => {
    const copy = await copyOf(runs[1] ?? '')
    const script = await readFile(join(copy, 'script.js'), 'utf8')
    await writeFile(join(copy, 'script.js'), `${script}\n// changed`)
    await refused([runs[0] ?? '', copy], /has another bundle \(script\.js\) than/)
  })

  test('another SLA file', async () => {
    const copy = await copyOf(runs[1] ?? '')
    await writeFile(join(copy, 'objectives.json'), '[]')
    await refused([runs[0] ?? '', copy], /has another SLA file than/)
  })
})

async function copyOf(run: string): Promise<string> {
  const copy = join(await mkdtemp(join(tmpdir(), 'k6v-segment-')), basename(run))
  await cp(run, copy, { recursive: true })
  return copy
}

async function refused(inputs: string[], says: RegExp): Promise<void> {
  const { exitCode, stderr, runs: made } = await cli(['merge', ...inputs])
  assert.equal(exitCode, 2, stderr)
  assert.match(stderr, /^error K6V_MERGE_REFUSED: /m)
  assert.match(stderr, says)
  assert.deepEqual(made, [])
}

function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString()
}
