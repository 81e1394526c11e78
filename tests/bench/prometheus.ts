import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { k6Environment, usableMemoryBytes } from '../../scripts/k6/environment.ts'
import { k6Output } from '../../scripts/prometheus/k6-output.ts'
import { recording } from '../../scripts/samples/csv-source.ts'
import { skipWithoutPrometheus, startPrometheus, type TestPrometheus } from '../start-prometheus.ts'
import { withEchoServer } from './echo-server.ts'
import { ourBundle } from './echo/ours.ts'
import { interleaved, median, type Row } from './report.ts'
import { type Cost, runScript } from './run-script.ts'

const ROUNDS = 5
const SECONDS = 10
const RATE_PER_SECOND = 2_000

/** What streaming to a real Prometheus costs k6, beside the recording that every run has. */
export async function benchPrometheus(k6: string): Promise<Row[]> {
  const missing = skipWithoutPrometheus()
  if (missing !== false) {
    return [{ budget: 'streaming to Prometheus', measured: missing, holds: false }]
  }
  const prometheus = await startPrometheus()
  try {
    return await withEchoServer((url) => compare(k6, url, prometheus))
  } finally {
    await prometheus.close()
  }
}

async function compare(k6: string, url: string, prometheus: TestPrometheus): Promise<Row[]> {
  const load = {
    model: 'open',
    ratePerSecond: RATE_PER_SECOND,
    poolUsers: 200,
    duration: `${SECONDS}s`,
  } as const
  // Bundled when its turn comes: both have the same place in build/.
  const plain = async () => runOne(k6, { url, ...(await ourBundle(load)) })
  const streamed = async () => {
    const { script } = await ourBundle({ ...load, testid: 'bench' })
    return runOne(k6, { url, script, writeUrl: prometheus.writeUrl })
  }
  const costs = await interleaved(ROUNDS, { plain, streamed })
  const cpu = mediansOf(costs, ({ cpuSeconds, summary }) => {
    return (cpuSeconds / (summary.metrics['http_reqs']?.values['count'] ?? NaN)) * 1e6
  })
  const memory = mediansOf(costs, ({ peakBytes }) => peakBytes / 1_048_576)
  const endpoint = { 'match[]': '{testid="bench",name="POST /v1/enhance"}' }
  const series = (await prometheus.get('series', endpoint)) as unknown[]
  return [
    {
      budget: 'CPU of k6 per request at 2,000/s with --prometheus: at most 1.25 of without',
      measured: `${cpu.ratio.toFixed(2)} (${cpu.streamed.toFixed(0)} against ${cpu.plain.toFixed(0)} µs)`,
      holds: cpu.ratio <= 1.25,
    },
    {
      budget: 'memory of k6 with --prometheus: at most 1.25 of without',
      measured: `${memory.ratio.toFixed(2)} (${memory.streamed.toFixed(0)} against ${memory.plain.toFixed(0)} MB)`,
      holds: memory.ratio <= 1.25,
    },
    {
      budget: 'series of an endpoint, two phases: at most 200',
      measured: String(series.length),
      holds: series.length > 0 && series.length <= 200,
    },
  ]
}

function mediansOf(costs: Record<'plain' | 'streamed', Cost[]>, of: (cost: Cost) => number) {
  const [plain, streamed] = [median(costs.plain.map(of)), median(costs.streamed.map(of))]
  return { plain, streamed, ratio: streamed / plain }
}

interface OneRun {
  url: string
  script: string
  /** Where it streams to, if it does. */
  writeUrl?: string
}

async function runOne(k6: string, { url, script, writeUrl }: OneRun): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const { output, env } = recording(join(folder, 'samples.csv'))
  const stream = writeUrl && k6Output({ url: writeUrl, intervalSeconds: 1, native: true })
  const outputs = [output, ...(stream ? [stream.output] : [])]
  try {
    return await runScript({
      k6,
      script,
      args: outputs.flatMap((each) => ['--out', each]),
      env: {
        ...k6Environment({
          env: process.env,
          totalMemoryBytes: usableMemoryBytes(),
          ...(stream && { configFile: stream.configFile }),
        }),
        ...(stream && stream.env),
        ...env,
        BASE_URL: url,
      },
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}
