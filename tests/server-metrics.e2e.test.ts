// What a target's own metrics say is judged like everything else, and a page of metrics harms no run.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { cli, codesOf, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type MetricsServer, metricsServer } from './metrics-server.ts'
import { runOwn } from './own-script.ts'

const MEMORY = 'process_resident_memory_bytes'
const CPU = 'process_cpu_seconds_total'

const ERRORS = { id: 'errors', indicator: 'error-ratio', limit: '< 50%' }

let folder: string
let api: MetricsServer
let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
  folder = await mkdtemp(join(tmpdir(), 'k6v-server-'))
  api = await metricsServer()
})
after(async () => {
  await api.close()
  await rm(folder, { recursive: true, force: true })
})

function ofServer(id: string, indicator: Record<string, unknown>, limit: string) {
  return { id, indicator, limit }
}

async function slaFile(workload: string, objectives: object[]): Promise<string> {
  const path = join(folder, `${workload}-${objectives.length}.json`)
  await writeFile(path, JSON.stringify({ workload, objectives }))
  return path
}

async function resultsOf(run: string | undefined) {
  const { objectives } = await verdictOf(run)
  return new Map(objectives.map((each) => [each.id, each]))
}

test('the sandbox: a peak, a growth, an idle CPU, and a name that it does not have', async () => {
  const absent = { server: 'process_residnt_memory_bytes', statistic: 'max' }
  const sla = await slaFile('better-prompts', [
    ERRORS,
    ofServer('peak', { server: MEMORY, statistic: 'max' }, '< 2GB'),
    ofServer('growth', { server: MEMORY, statistic: 'growth' }, '< 1GB'),
    ofServer('cpu', { server: CPU, statistic: 'max-rate' }, '< 1000%'),
    ofServer('idle', { server: CPU, statistic: 'rate', when: 'idle' }, '< 100%'),
    { ...ofServer('none', absent, '< 2GB'), level: 'advisory' },
  ])
  const args = ['load', '--users', '2', '--time-scale', '0.02', '--sla', sla]
  const { runs, stdout, stderr } = await cli(args, { env: { K6_BIN } })
  assert.equal(runs.length, 1, stdout + stderr)
  const found = await resultsOf(runs[0])
  for (const id of ['peak', 'growth', 'cpu', 'idle']) {
    const { verdict, measured } = found.get(id) ?? assert.fail(stdout + stderr)
    assert.equal(verdict, 'PASS', id)
    assert.ok(Number.isFinite(measured), id)
  }
  assert.ok((found.get('peak')?.measured ?? 0) > 2e7)
  assert.equal(found.get('none')?.verdict, 'NO_DATA')
  assert.match(
    found.get('none')?.reason?.text ?? '',
    /\/metrics has no metric process_residnt_m.*nearest: /,
  )
  assert.match(stdout, /peak +max of process_resident_memory_bytes < 2GB +[\d.]+ MB /)

  // What was read is kept, so that another file may judge it.
  const strict = await slaFile('better-prompts', [
    ERRORS,
    ofServer('tiny', { server: MEMORY, statistic: 'max' }, '< 1MB'),
  ])
  const again = await cli(['judge', runs[0] ?? '', '--sla', strict], { env: { K6_BIN } })
  const tiny = (await resultsOf(runs[0])).get('tiny') ?? assert.fail(again.stdout + again.stderr)
  assert.equal(tiny.verdict, 'FAIL')
  assert.equal(tiny.measured, found.get('peak')?.measured)
})

const SCRIPT = `
import http from 'k6/http'
export const options = { scenarios: { all: {
  executor: 'constant-arrival-rate', rate: 20, duration: '4s', preAllocatedVUs: 5,
} } }
export default () => http.get(__ENV.API)
`

async function runScript(objectives: object[], paths: string[]) {
  const script = join(folder, 'leaky.js')
  await writeFile(script, SCRIPT)
  const sla = await slaFile('leaky', objectives)
  const addresses = paths.flatMap((path) => ['--server-metrics', api.url + path])
  return runOwn(['--sla', sla, ...addresses, script], {
    env: { K6_BIN, API: `${api.url}/items`, SERVER_METRICS_AUTHORIZATION: 'Bearer not-for-eyes' },
  })
}

test('a planted leak fails its limit, and a header for the metrics is shown nowhere', async () => {
  const { exitCode, stdout, stderr, runs } = await runScript(
    [
      ERRORS,
      ofServer('growth', { server: MEMORY, statistic: 'growth' }, '< 1MB'),
      ofServer('pools', { server: 'pool_in_use', statistic: 'max' }, '<= 7 units'),
    ],
    ['/metrics'],
  )
  const found = await resultsOf(runs[0])
  const growth = found.get('growth') ?? assert.fail(stdout + stderr)
  assert.equal(growth.verdict, 'FAIL')
  // 20 requests a second, 0.1 MB each, over what lies between the first and the last look.
  assert.ok((growth.measured ?? 0) > 2e6 && (growth.measured ?? 0) <= 8e6, `${growth.measured}`)
  assert.match(growth.reason?.text ?? '', /^[\d.]+ MB, expected < 1MB$/)
  assert.equal(found.get('pools')?.measured, 7)
  assert.equal(found.get('pools')?.verdict, 'PASS')
  assert.equal(exitCode, 99)

  // It was said as soon as it was seen, and is kept with its time.
  assert.match(stdout, /^! critical: growth is [\d.]+ MB, expected < 1MB$/m)
  const { resources, series } = await verdictOf(runs[0])
  const [alert] = resources?.alerts ?? []
  assert.equal(alert?.id, 'growth')
  const atSeconds = (alert.atMs - series.timeline.startMs) / 1_000
  assert.ok(atSeconds > 0 && atSeconds < 4.5, String(atSeconds))
  const titles = resources?.charts.map(({ source, title }) => `${source} ${title}`) ?? []
  assert.ok(titles.includes(`${api.url}/metrics Memory of the process`), titles.join())
  assert.ok(titles.includes('generator Memory in use'), titles.join())

  const out = join(folder, 'metrics.csv')
  const names = ['--name', 'process_res*', '--name', 'host_memory*']
  const wanted = ['export', runs[0] ?? '', '--metrics', ...names, '--to', '3s', '--out', out]
  const exported = await cli(wanted)
  assert.equal(exported.exitCode, 0, exported.stderr)
  const rows = (await readFile(out, 'utf8')).trim().split('\n')
  assert.equal(rows[0], 'time,source,name,labels,value')
  const kinds = new Set(rows.slice(1).map((row) => row.split(',')[2]))
  assert.deepEqual([...kinds].sort(), ['host_memory_used_bytes', MEMORY])
  const none = await cli(['export', runs[0] ?? '', '--metrics', '--name', 'nothing_*'])
  assert.match(none.stderr, /K6V_NO_SUCH_METRICS[\s\S]*process_resident_memory_bytes/)

  assert.ok(api.authorizations.every((value) => value === 'Bearer not-for-eyes'))
  for (const file of ['server-metrics.jsonl', 'run.json', 'verdict.json', 'report.html']) {
    const text = await readFile(join(runs[0] ?? '', file), 'utf8')
    assert.doesNotMatch(text, /not-for-eyes/, file)
  }
  assert.doesNotMatch(stdout + stderr, /not-for-eyes/)
})

test('pages that hang, are no metrics or have no end prove nothing, and delay no request', async () => {
  const paths = ['/garbage', '/hangs', '/huge']
  const { exitCode, stdout, stderr, runs } = await runScript(
    [
      ERRORS,
      { id: 'latency', indicator: { statistic: 'p50 of http_req_duration' }, limit: '< 250ms' },
      ...[1, 2].map((n) => ofServer(`peak-${n}`, { server: MEMORY, statistic: 'max' }, '< 1GB')),
    ],
    paths,
  )
  const file = await verdictOf(runs[0])
  const [, latency, peak] = file.objectives
  assert.equal(peak?.verdict, 'NO_DATA', stdout + stderr)
  assert.match(peak.reason?.text ?? '', /scrapes? of .* failed: /)
  assert.ok(codesOf(file).includes('SCRAPES_FAILED'))
  assert.notEqual(latency?.verdict, 'FAIL', latency?.reason?.text)
  assert.ok(file.delivery.iterations >= 80 && file.delivery.droppedIterations === 0)
  assert.equal(exitCode, 90)

  const kept = await readFile(join(runs[0] ?? '', 'server-metrics.jsonl'), 'utf8')
  assert.ok(kept.length < 100_000)
  for (const error of ['line 1 is no metric', 'no whole answer within 3 s', 'more than 5 MB']) {
    assert.ok(kept.includes(error), error)
  }
})

test('an address that is none is refused before anything is sent', async () => {
  const { exitCode, stderr, runs } = await cli(
    ['load', '--server-metrics', 'http://me:secret@127.0.0.1:1/metrics'],
    { env: { K6_BIN } },
  )
  assert.equal(exitCode, 2)
  assert.match(stderr, /K6V_SERVER_METRICS_UNUSABLE/)
  assert.doesNotMatch(stderr, /secret/)
  assert.deepEqual(runs, [])
})
