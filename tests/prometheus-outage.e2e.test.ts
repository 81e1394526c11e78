// What becomes of a run whose Prometheus does not.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { readSummary } from '../scripts/verdict/facts/read-summary.ts'
import { verdictWord } from '../scripts/verdict/verdict.ts'
import { realK6 } from './k6.ts'
import { accept, remoteWriteServer } from './remote-write-server.ts'
import { skipWithoutPrometheus, startPrometheus } from './start-prometheus.ts'
import { startStream, type StreamedRun, until } from './streamed-run.ts'

const ARGS = ['sustained', '--users', '5', '--time-scale', '0.001', '--duration']

/** k6 gives a receiver five seconds. */
const TOO_SLOW_MS = 6_500

let env: Record<string, string>

before(async () => {
  env = { K6_BIN: (await realK6()).path }
})

async function k6Log(results: string): Promise<string> {
  const [run = ''] = await readdir(results)
  return readFile(join(results, run, 'k6.log'), 'utf8')
}

/** The run went on to its end and was judged; what is missing in Prometheus is said everywhere. */
async function assertSaid({ folder, stdout, verdict }: StreamedRun): Promise<void> {
  const { lost = 0, due = 0 } = verdict.prometheus ?? {}
  assert.ok(lost > 0 && lost < due, `${lost} of ${due}`)
  const said = `${lost} of ${due} pushes lost; Prometheus lacks part of this run`
  assert.ok(stdout.includes(said), stdout)
  for (const report of ['report.md', 'report.html']) {
    assert.ok((await readFile(join(folder, report), 'utf8')).includes(said), report)
  }
  assert.equal(verdict.delivery.end, 'complete')
  assert.ok(!verdict.reasons.some(({ text }) => text.includes('Prometheus')))
}

test(
  'a Prometheus that dies and comes back has the right totals in the end',
  { skip: skipWithoutPrometheus() },
  async (context) => {
    const prometheus = await startPrometheus()
    context.after(prometheus.close)
    const { results, ended } = await startStream([...ARGS, '14s'], prometheus.url, { env })
    await until('a push of the load', async () => {
      return (await prometheus.query('k6_http_reqs_total{phase="hold"}')).length >= 3
    })
    await prometheus.kill()
    await until('a lost push of k6', async () => (await k6Log(results)).includes('Failed to send'))
    await prometheus.start()
    const run = await ended

    await assertSaid(run)
    const summary = await readSummary(join(run.folder, 'summary.json'))
    const total = await prometheus.valueOf('sum(max_over_time(k6_http_reqs_total[10m]))')
    assert.equal(total, summary.metrics['http_reqs']?.values['count'])
    const [verdict] = await prometheus.query('k6_verdict_run_verdict')
    assert.equal(verdict?.metric['verdict'], verdictWord(run.verdict))
    const lost = await prometheus.valueOf('k6_verdict_lost_pushes_total')
    assert.equal(lost, run.verdict.prometheus?.lost)
  },
)

describe('a receiver', { concurrency: 2 }, () => {
  test('that answers after six seconds costs pushes, not the run', async (context) => {
    const server = await remoteWriteServer((response, _request, number) => {
      if (number === 1) accept(response)
      else setTimeout(() => accept(response), TOO_SLOW_MS)
    })
    context.after(server.close)
    const startedAtMs = performance.now()
    const { ended } = await startStream([...ARGS, '8s'], server.url, { env })
    const run = await ended
    const seconds = (performance.now() - startedAtMs) / 1_000

    await assertSaid(run)
    assert.ok((run.verdict.prometheus?.late ?? 0) > 0, 'no late push')
    assert.ok(seconds < 50, `${seconds} s`)
  })

  test('that no longer takes the credentials costs pushes, not the run', async (context) => {
    const server = await remoteWriteServer((response, { headers }, number) => {
      const expected = `Basic ${Buffer.from('load:sesame').toString('base64')}`
      if (number < 8 && headers.authorization === expected) {
        accept(response)
        return
      }
      response.statusCode = 401
      response.end('unauthorized')
    })
    context.after(server.close)
    const credentials = { K6_PROMETHEUS_RW_USERNAME: 'load', K6_PROMETHEUS_RW_PASSWORD: 'sesame' }
    const options = { env: { ...env, ...credentials } }
    const run = await (await startStream([...ARGS, '5s'], server.url, options)).ended

    await assertSaid(run)
    for (const file of ['run.json', 'verdict.json', 'k6.log', 'report.html', 'script.js']) {
      const text = await readFile(join(run.folder, file), 'utf8')
      assert.ok(!text.includes('sesame'), `${file} holds the password`)
    }
  })
})
