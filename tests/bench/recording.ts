import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { k6Environment, usableMemoryBytes } from '../../scripts/k6/environment.ts'
import { createLiveStatus } from '../../scripts/engines/local/live-status.ts'
import { freePort } from '../../scripts/core/free-port.ts'
import { watchGenerator } from '../support/run/watch-generator.ts'
import { followSamples } from '../../scripts/samples/live-tail.ts'
import { recording } from '../../scripts/samples/csv-source.ts'
import { createPlan } from '../support/sla/example.ts'
import { withEchoServer } from './echo-server.ts'
import { REFERENCE } from './generator.ts'
import { interleaved, median, type Row } from './report.ts'
import { type Cost, runScript } from './run-script.ts'

const ROUNDS = 11
const SECONDS = 6
const SYSTEM_TAGS = 'name,status,scenario,expected_response,error_code,check'

/** The same hand-written script, by plain k6 and as the toolkit runs it: recorded, watched, followed. */
export function benchRecording(k6: string): Promise<Row[]> {
  return withEchoServer(async (url) => {
    const closed = { executor: 'constant-vus', vus: 50, duration: `${SECONDS}s` }
    const arrival = { executor: 'constant-arrival-rate', rate: 2_000, preAllocatedVUs: 200 }
    const open = { ...arrival, duration: `${SECONDS}s` }
    const rate = await compare(k6, { url, load: closed, of: ratePerSecond })
    const p99 = await compare(k6, { url, load: open, of: p99Ms })
    const ratio = rate.recorded / rate.plain
    return [
      {
        budget: 'requests/s at 50 users, recorded and followed: at least 0.97 of plain k6 without',
        measured: `${ratio.toFixed(2)} (${Math.round(rate.recorded)} against ${Math.round(rate.plain)})`,
        holds: ratio >= 0.97,
      },
      {
        budget: 'p99 at 2,000 requests/s in the open model, recorded: not above plain k6 without',
        measured: `${p99.recorded.toFixed(2)} ms against ${p99.plain.toFixed(2)} ms`,
        holds: p99.recorded <= p99.plain,
      },
    ]
  })
}

interface Comparison {
  url: string
  load: Record<string, unknown>
  of: (cost: Cost) => number
}

async function compare(k6: string, { url, load, of }: Comparison) {
  const env = { BASE_URL: url, LOAD: JSON.stringify(load) }
  const { plain, recorded } = await interleaved(ROUNDS, {
    plain: () => runScript({ k6, script: REFERENCE, env: { ...process.env, ...env } }),
    recorded: () => runRecorded(k6, env),
  })
  return { plain: median(plain.map(of)), recorded: median(recorded.map(of)) }
}

async function runRecorded(k6: string, env: Record<string, string>): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const csv = join(folder, 'samples.csv')
  const port = await freePort()
  const status = createLiveStatus({ plan: createPlan(), startUs: () => undefined })
  const follower = followSamples({
    path: csv,
    metrics: status.metrics,
    onRow: (row) => status.add(row),
  })
  const timer = setInterval(() => status.line(Date.now() * 1_000), 1_000)
  const watch = watchGenerator({ port, ownPids: () => [] })
  const { output, env: ofRecording } = recording(csv)
  try {
    return await runScript({
      k6,
      script: REFERENCE,
      env: {
        ...k6Environment({ env: process.env, totalMemoryBytes: usableMemoryBytes() }),
        ...env,
        ...ofRecording,
        K6_ADDRESS: `127.0.0.1:${port}`,
      },
      args: ['--out', output, '--system-tags', SYSTEM_TAGS],
    })
  } finally {
    clearInterval(timer)
    watch.stop()
    await follower.stop()
    await rm(folder, { recursive: true })
  }
}

function ratePerSecond({ summary }: Cost): number {
  return summary.metrics['http_reqs']?.values['rate'] ?? NaN
}

function p99Ms({ summary }: Cost): number {
  return summary.metrics['http_req_duration']?.values['p(99)'] ?? NaN
}
