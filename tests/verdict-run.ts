// Runs the real k6 with compiled objectives against a small server, to hold its numbers against ours.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { RunPlan } from '../lib/plan.ts'
import { readK6Log } from '../scripts/k6/k6-log.ts'
import { freePort } from '../scripts/core/free-port.ts'
import { watchGenerator } from './support/run/watch-generator.ts'
import { convertSamples } from '../scripts/samples/convert.ts'
import { recording } from '../scripts/samples/csv-source.ts'
import { openDatabase } from '../scripts/samples/sample-database.ts'
import type { CompiledObjective } from '../scripts/sla/compiled.ts'
import { compileAll, createPlan } from './support/sla/example.ts'
import { toK6Thresholds, trendStats } from '../scripts/sla/k6-thresholds.ts'
import { exitCode } from '../scripts/verdict/exit-code.ts'
import { type JudgedRun, judgeRun } from '../scripts/verdict/judge-run.ts'
import type { RecordedRun } from '../scripts/verdict/recorded-run.ts'
import { readSummary, type Summary } from '../scripts/verdict/facts/read-summary.ts'
import { realK6 } from './k6.ts'

const USERS = 4

/** Of a run without a given length, so that it has as many samples on a slow machine. */
const ITERATIONS = 120

/** Longest time of a run of 120 iterations. */
const SECONDS_MAX = 10

/** What the objectives are compiled for. */
export function createK6Plan(seconds?: number): RunPlan {
  const durationSeconds = seconds ?? SECONDS_MAX
  return createPlan({
    model: seconds === undefined ? 'once' : 'closed',
    target: USERS,
    phases: [{ name: 'hold', startSeconds: 0, endSeconds: durationSeconds, target: USERS }],
    durationSeconds,
    // The script is k6's own, without operations, and most tests never send the second request.
    operations: [],
    operationShares: {},
    endpoints: ['GET /items/{id}', 'GET /broken'],
    optionalEndpoints: ['GET /broken'],
  })
}

export interface RealRun {
  k6ExitCode: number | undefined
  stderr: string
  summary: Summary
  run: JudgedRun
  compiled: CompiledObjective[]
  exitCode: number
  /** Requests that the server saw. */
  served: number
}

export interface RealRunInput {
  objectives: Record<string, unknown>[]
  /** JavaScript of one iteration; `get(path, name)` sends a request. */
  iteration?: string
  /** Length of the run; without it, 4 users share 120 iterations. */
  seconds?: number
  /** Added to k6's options. */
  options?: Record<string, unknown>
  /** Seconds after which the user presses Ctrl+C. */
  stopAfterSeconds?: number
}

/** One run of k6. */
export async function runK6(input: RealRunInput): Promise<RealRun> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-real-'))
  const server = await startServer()
  try {
    return await runIn(folder, server, input)
  } finally {
    await server.close()
    await rm(folder, { recursive: true })
  }
}

async function runIn(folder: string, server: TestServer, input: RealRunInput): Promise<RealRun> {
  const { objectives, stopAfterSeconds } = input
  const plan = createK6Plan(input.seconds)
  const compiled = compileAll(objectives, plan)
  const script = join(folder, 'script.js')
  const summaryPath = join(folder, 'summary.json')
  await writeFile(script, scriptText(input.iteration ?? GET_ITEM, optionsOf(input, compiled)))

  const { path: k6 } = await realK6()
  const csv = join(folder, 'samples.csv')
  const { output, env } = recording(csv)
  const port = await freePort()
  const watch = watchGenerator({ port, ownPids: () => [] })
  const start = Date.now()
  const args = ['run', '--quiet', '--summary-export', summaryPath, '--out', output, script]
  const child = execa(k6, args, {
    env: {
      ...env,
      K6_ADDRESS: `127.0.0.1:${port}`,
      BASE_URL: server.url,
      K6_NO_USAGE_REPORT: 'true',
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
    },
    reject: false,
    timeout: 60_000,
  })
  // Ctrl+C only means something once the run is under way.
  if (stopAfterSeconds !== undefined) {
    await server.firstRequest
    setTimeout(() => child.kill('SIGINT'), stopAfterSeconds * 1_000)
  }
  const { exitCode: k6ExitCode, stderr } = await child
  const log = join(folder, 'k6.log')
  await writeFile(log, stderr)
  const { startedAtMs, errors } = readK6Log(log)

  const summary = await readSummary(summaryPath)
  const database = await openDatabase({ temporaryFolder: folder })
  const report = await convertSamples({ database, csv, parquet: join(folder, SAMPLES) })
  if (!report) throw new Error(`Expected samples in ${csv}, got none: ${stderr}`)
  const recorded: RecordedRun = {
    folder: { path: folder },
    recordings: { csv },
    plan,
    objectives: compiled,
    startMs: Math.min(...startedAtMs),
    processMs: { start, end: Date.now() },
    instances: [{ summary, errors, exitCode: k6ExitCode }],
    generator: {
      samples: watch.stop(),
      cpus: availableParallelism(),
      memoryBytes: totalmem(),
    },
    stoppedByUser: stopAfterSeconds !== undefined,
    keepRaw: true,
  }
  const run = await judgeRun(recorded, { database, folder, name: SAMPLES, report })
  database.close()
  const end = exitCode(run)
  return { k6ExitCode, stderr, summary, run, compiled, exitCode: end, served: server.served() }
}

function optionsOf(
  input: RealRunInput,
  compiled: readonly CompiledObjective[],
): Record<string, unknown> {
  return {
    scenarios: { load: loadOf(input) },
    thresholds: toK6Thresholds(compiled),
    summaryTrendStats: trendStats(compiled),
    ...input.options,
  }
}

const SAMPLES = 'samples.parquet'

const GET_ITEM = "get('/items/1', 'GET /items/{id}')"

function loadOf({ seconds }: RealRunInput): Record<string, unknown> {
  const tags = { judged: 'yes', phase: 'hold' }
  if (seconds === undefined) {
    return { executor: 'shared-iterations', vus: USERS, iterations: ITERATIONS, tags }
  }
  return { executor: 'constant-vus', vus: USERS, duration: `${seconds}s`, tags }
}

function scriptText(iteration: string, options: Record<string, unknown>): string {
  return `
import http from 'k6/http'
import exec from 'k6/execution'
import { check, sleep } from 'k6'
import { Counter, Rate } from 'k6/metrics'

const scriptExceptions = new Counter('script_exceptions')
const accuracy = new Rate('technique_accuracy')
const enhanced = new Counter('prompts_enhanced')
export const options = ${JSON.stringify(options)}

function get(path, name) {
  const response = http.get(__ENV.BASE_URL + path, { tags: { name } })
  check(response, { 'status is 200': ({ status }) => status === 200 })
  accuracy.add(__ITER % 2 === 0)
  enhanced.add(1)
  sleep(0.005)
}

export default function () {
  const { iterationInTest, startTime } = exec.scenario
  if (iterationInTest === 0) console.info('k6-verdict start load ' + startTime)
  ${iteration}
}
`
}

interface TestServer {
  url: string
  served: () => number
  firstRequest: Promise<void>
  close: () => Promise<void>
}

async function startServer(): Promise<TestServer> {
  let served = 0
  let announce: () => void = () => undefined
  const firstRequest = new Promise<void>((resolve) => (announce = resolve))
  const server = createServer((request, response) => {
    served++
    announce()
    response.statusCode = request.url === '/broken' ? 500 : 200
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    served: () => served,
    firstRequest,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
