// The verdict of a real run from a real Prometheus, held against the one from the run's samples.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { startSandbox } from '../scripts/plan/sandbox-process.ts'
import type { ObjectiveResult } from '../scripts/verdict/rules/judge-objective.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { exitCode } from '../scripts/verdict/exit-code.ts'
import { cli, codesOf } from './cli.ts'
import { startFakeCluster } from './fake-cluster.ts'
import { skipWithoutPrometheus, startPrometheus, type TestPrometheus } from './start-prometheus.ts'

const skip = skipWithoutPrometheus()

/** Limits far from what is measured: a noisy machine must not turn one into another verdict. */
const OBJECTIVES = [
  { id: 'p50', indicator: { latency: 'p50' }, limit: '< 20s' },
  { id: 'p95', indicator: { latency: 'p95' }, limit: '< 1ms' },
  {
    id: 'enhance-p50',
    indicator: { latency: 'p50' },
    limit: '< 20s',
    where: { endpoint: 'POST /v1/enhance' },
  },
  { id: 'errors', indicator: 'error-ratio', limit: '< 50%' },
  { id: 'available', indicator: 'availability', limit: '>= 50%' },
  { id: 'apdex', indicator: { apdex: '10s' }, limit: '>= 50%' },
  { id: 'requests', indicator: { count: 'http_reqs' }, limit: '>= 10 total' },
  { id: 'rate', indicator: { rate: 'http_reqs' }, limit: '>= 9000/s' },
  { id: 'checks', indicator: { share: 'checks' }, limit: '>= 50%' },
  { id: 'iteration', indicator: { statistic: 'avg of iteration_duration' }, limit: '< 60s' },
  { id: 'drift', indicator: { drift: 'latency.p95' }, limit: '< 1000%' },
]

let prometheus: TestPrometheus
let folder: string
let sla: string
let testid: string
let runFolder: string

before(
  async () => {
    if (skip) return
    prometheus = await startPrometheus()
    folder = await mkdtemp(join(tmpdir(), 'k6v-verdict-prometheus-'))
    sla = join(folder, 'sla.json')
    await writeFile(sla, JSON.stringify({ workload: 'better-prompts', objectives: OBJECTIVES }))
    const args = ['load', '--users', '20', '--duration', '8s', '--time-scale', '0.01']
    const run = await cli([...args, '--prometheus', prometheus.url, '--sla', sla])
    runFolder = run.runs[0] ?? assert.fail(run.stderr)
    testid = basename(runFolder)
  },
  { timeout: 120_000 },
)

after(async () => {
  if (skip) return
  await prometheus.close()
  await rm(folder, { recursive: true, force: true })
})

const readFileOf = async (path: string): Promise<VerdictFile> =>
  JSON.parse(await readFile(path, 'utf8')) as VerdictFile

const byId = ({ objectives }: VerdictFile): Map<string, ObjectiveResult> =>
  new Map(objectives.map((each) => [each.id, each]))

test(
  'each objective gets the verdict of the samples, percentiles within a bucket',
  { skip },
  async () => {
    const env = { K6_VERDICT_RESULTS: dirname(runFolder) }
    const args = ['verdict', '--prometheus', prometheus.url, '--testid', testid, '--sla', sla]
    const { exitCode: code, stdout, stderr } = await cli(args, { env })
    // The limits of p95 and rate are missed; others may have taken the CPU from k6.
    assert.ok([99, 91].includes(code ?? 0), stderr)
    assert.match(stdout, /Judged by +the series in http/)

    // The verdict of the samples stays where it is.
    const exact = byId(await readFileOf(join(runFolder, 'verdict.json')))
    const found = await readFileOf(join(runFolder, 'prometheus', 'verdict.json'))
    for (const [id, { verdict, reason }] of byId(found)) {
      if (id === 'drift') assert.deepEqual([verdict, reason?.code], ['NO_DATA', 'NOT_MEASURED'])
      else assert.equal(verdict, exact.get(id)?.verdict, id)
    }
    const measured = (id: string): [number, number] => [
      byId(found).get(id)?.measured ?? NaN,
      exact.get(id)?.measured ?? NaN,
    ]
    // Requests at the edges of a phase may count in the other one: a thousandth, of some hundred none.
    for (const id of ['errors', 'available', 'requests', 'checks']) {
      const [ours, theirs] = measured(id)
      assert.ok(
        Math.abs(ours - theirs) <= 0.02 * Math.max(1, theirs),
        `${id}: ${ours} for ${theirs}`,
      )
    }
    // Two percentiles of the same samples differ by a bucket, and by the gap to the next sample.
    for (const id of ['p50', 'p95', 'enhance-p50']) {
      const { low = 0, high = 0 } = byId(found).get(id)?.interval ?? {}
      const [, theirs] = measured(id)
      assert.ok(low <= theirs && theirs <= high, `${id}: ${theirs} in ${low} to ${high}`)
    }
    const [ours, theirs] = measured('iteration')
    // k6 stamps an iteration at its end: by the clock, those that end after the plan are not judged.
    assert.ok(Math.abs(ours / theirs - 1) < 0.15, `${ours} for ${theirs}`)
    assert.deepEqual((await readdir(join(runFolder, 'prometheus'))).sort(), [
      'junit.xml',
      'report.html',
      'report.md',
      'verdict.json',
    ])
  },
)

test('without the run’s folder its plan comes from Prometheus too', { skip }, async () => {
  const args = ['verdict', '--prometheus', prometheus.url, '--testid', testid, '--sla', sla]
  const { runs, stderr } = await cli(args)
  const [elsewhere = ''] = runs
  assert.equal(basename(elsewhere), testid, stderr)
  const found = byId(await readFileOf(join(elsewhere, 'verdict.json')))
  const exact = byId(await readFileOf(join(runFolder, 'verdict.json')))
  for (const id of ['p50', 'p95', 'errors', 'requests', 'rate', 'apdex']) {
    assert.equal(found.get(id)?.verdict, exact.get(id)?.verdict, id)
  }
})

test(
  'runners on Kubernetes that keep no samples are judged by Prometheus',
  { skip, timeout: 120_000 },
  async () => {
    const [sandbox, cluster] = await Promise.all([startSandbox(), startFakeCluster()])
    try {
      const load = [
        'load',
        '--users',
        '8',
        '--duration',
        '6s',
        '--time-scale',
        '0.01',
        '--sla',
        sla,
      ]
      const where = ['--kubernetes', '--apply', '--instances', '2', '--target', sandbox.url]
      const made = await cli([...load, ...where, '--prometheus', prometheus.url], {
        env: cluster.env,
      })
      const [run = ''] = made.runs
      const file = await readFileOf(join(run, 'verdict.json'))
      assert.equal(file.source?.kind, 'prometheus', made.stdout + made.stderr)
      // Both runners: their series have an instance each, and their users add up.
      assert.equal(file.delivery.usersReached, 8, made.stdout)
      assert.ok(file.source.facts.some(([name, value]) => name === 'k6 processes' && value === '2'))
      assert.equal(byId(file).get('requests')?.verdict, 'PASS')
      assert.ok(codesOf(file).includes('GENERATOR_UNKNOWN'), made.stdout)
      assert.equal(made.exitCode, exitCode(file), made.stdout)
    } finally {
      await Promise.all([sandbox.stop(), cluster.close()])
    }
  },
)

test('what cannot be read is one clear error', { skip }, async () => {
  const verdict = (url: string, id: string): Promise<{ exitCode?: number; stderr: string }> =>
    cli(['verdict', '--prometheus', url, '--testid', id, '--sla', sla]) as never
  const unknown = await verdict(prometheus.url, `${testid}x`)
  assert.equal(unknown.exitCode, 1)
  assert.ok(unknown.stderr.includes(`did you mean "${testid}"?`), unknown.stderr)
  assert.match((await verdict('http://127.0.0.1:9', 'x')).stderr, /K6V_PROMETHEUS_UNREACHABLE/)
  assert.match((await verdict('ftp://x', 'x')).stderr, /K6V_PROMETHEUS_URL/)

  const classic = [
    'smoke',
    '--prometheus',
    prometheus.url,
    '--prometheus-trend-stats',
    '--sla',
    sla,
  ]
  const { runs } = await cli(classic)
  const none = await verdict(prometheus.url, basename(runs[0] ?? ''))
  assert.match(none.stderr, /K6V_PROMETHEUS_NO_HISTOGRAMS/)
})
