// A real Prometheus that holds two runs whose every number is known, and `export` on it.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { remoteWrite } from '../scripts/prometheus/remote-write.ts'
import type { Series } from '../scripts/prometheus/write-request.ts'
import { cliArguments } from './cli.ts'
import { startPrometheus, type TestPrometheus } from './start-prometheus.ts'

export const TESTID = '20261121-174132-spike-6497'

export const STEP_MS = 5_000

/** Points of the run of TESTID: ten minutes. */
export const RUN_POINTS = 120

/** Its first one, on the grid of every step that is asked for. */
export const START_MS = Math.floor(Date.now() / 60_000 - 30) * 60_000

/** First point of `long-run`, whose users are one more every 5 s for four hours. */
export const LONG_START_MS = START_MS - 4 * 3_600_000

const CHUNK_MS = 600_000

/** Users of TESTID at every point. */
export const USERS = 7

/** Requests of each endpoint every 5 s; one is a formula to a spreadsheet. */
export const REQUESTS = { 'GET /': 10, '=cmd()': 20 }

/** Starts one and fills it. */
export async function filledPrometheus(): Promise<TestPrometheus> {
  const prometheus = await startPrometheus()
  await fillPrometheus(prometheus.writeUrl)
  return prometheus
}

/** Writes both runs to a Prometheus that is empty. */
export async function fillPrometheus(writeUrl: string): Promise<void> {
  // Samples of an hour before the newest are refused, so the long run comes first, in its order.
  for (let fromMs = 0; fromMs < START_MS - LONG_START_MS; fromMs += CHUNK_MS) {
    const labels = { __name__: 'k6_vus', testid: 'long-run' }
    const atMs = LONG_START_MS + fromMs
    const first = fromMs / STEP_MS
    await write(writeUrl, [{ labels, samples: ramp(atMs, first, 1) }])
  }
  const users = { __name__: 'k6_vus', testid: TESTID, workload: 'better-prompts' }
  const common = { testid: TESTID, scenario: 'spike', status: '200', expected_response: 'true' }
  await write(writeUrl, [
    { labels: users, samples: ramp(START_MS, USERS, 0) },
    ...Object.entries(REQUESTS).map(([name, each]) => {
      const labels = { __name__: 'k6_http_reqs_total', name, ...common }
      return { labels, samples: ramp(START_MS, 0, each) }
    }),
  ])
}

/** Ten minutes of points: `first`, and `slope` more each time. */
function ramp(startMs: number, first: number, slope: number): Series['samples'] {
  return Array.from({ length: RUN_POINTS }, (_, index) => {
    return { value: first + slope * index, atMs: startMs + index * STEP_MS }
  })
}

async function write(writeUrl: string, all: Series[]): Promise<void> {
  const result = await remoteWrite({ url: writeUrl, headers: {} }, all, { timeoutMs: 5_000 })
  assert.deepEqual(result, { isAccepted: true })
}

/** `npm run k6 -- export` in an empty folder, and what it leaves there. */
export async function exported(t: TestContext, args: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-export-'))
  t.after(() => rm(folder, { recursive: true }))
  const { exitCode, stdout, stderr } = await execa('node', cliArguments(['export', ...args]), {
    cwd: folder,
    env: { NO_COLOR: '1', K6_VERDICT_OBSERVABILITY: join(folder, 'none') },
    stdin: 'ignore',
    reject: false,
    timeout: 60_000,
  })
  const files = await readdir(folder)
  const [file] = files
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8')
  return { exitCode, stdout, stderr, files, text }
}
