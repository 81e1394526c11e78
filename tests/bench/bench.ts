// npm run bench: the budgets of docs/benchmarks.md, measured here and now.
import { execa } from 'execa'
import { mkdtemp, readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/project.ts'
import { readSummary } from '../../scripts/verdict/read-summary.ts'
import { realK6 } from '../k6.ts'
import { cpuTime, foreignCores } from './foreign-cpu.ts'

const ROUNDS = 5

const CLI = [projectPath('scripts', 'start.mjs'), 'scripts/cli.ts']

const { path: K6_BIN, version } = await realK6()
print(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}, node ${process.version}, k6 ${version}`)
await benchStart()
await benchThousandUsers()

/** From the command to the first request, beyond what `k6 run` of the same script needs. */
async function benchStart(): Promise<void> {
  const plain: number[] = []
  const ours: number[] = []
  const foreign: number[] = []
  await firstRequestMs(cliRun)
  for (let round = 0; round < ROUNDS; round++) {
    const before = cpuTime()
    const startedAtMs = performance.now()
    plain.push(await firstRequestMs(plainRun))
    ours.push(await firstRequestMs(cliRun))
    foreign.push(foreignCores(before, cpuTime(), (performance.now() - startedAtMs) / 1_000))
  }
  const beyond = median(ours) - median(plain)
  print(
    `first request: k6 run ${ms(median(plain))}, npm run k6 ${ms(median(ours))}, ` +
      `beyond ${ms(beyond)} (budget 700 ms), foreign cores ${median(foreign).toFixed(2)}`,
  )
}

/** 1000 users on the sandbox: does the SLA hold, is nothing dropped? */
async function benchThousandUsers(): Promise<void> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const args = ['sustained', '--users', '1000', '--duration', '30s', '--time-scale', '0.3']
  const before = cpuTime()
  const startedAtMs = performance.now()
  const { stdout } = await execa('node', [...CLI, ...args], {
    env: { K6_BIN, K6_VERDICT_RESULTS: results, NO_COLOR: '1' },
    cwd: projectPath(),
    reject: false,
  })
  const seconds = (performance.now() - startedAtMs) / 1_000
  const foreign = foreignCores(before, cpuTime(), seconds)
  const [run = ''] = await readdir(results)
  const { metrics } = await readSummary(join(results, run, 'summary.json'))
  const latency = metrics['http_req_duration{judged:yes,expected_response:true}']?.values ?? {}
  const dropped = metrics['dropped_iterations']?.values['count'] ?? 0
  print(
    `1000 users: ${/^[A-Z_]+ {2}/m.exec(stdout)?.[0].trim() ?? 'no verdict'}, p50 ${ms(latency['p(50)'])}, ` +
      `p95 ${ms(latency['p(95)'])}, p99 ${ms(latency['p(99)'])}, ` +
      `${Math.round(metrics['http_reqs']?.values['rate'] ?? 0)} requests/s over the run, ` +
      `${dropped} dropped, foreign cores ${foreign.toFixed(2)}`,
  )
}

/** Time until a server of ours hears from k6 for the first time. */
async function firstRequestMs(start: (url: string) => Promise<unknown>): Promise<number> {
  const server = createServer((_request, response) => response.end('{"access_token":"x"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const startedAtMs = performance.now()
  const heard = new Promise<number>((resolve) =>
    server.on('request', ({ headers }) => {
      if (headers['user-agent']?.includes('k6/')) resolve(performance.now() - startedAtMs)
    }),
  )
  const ended = start(url)
  const elapsedMs = await heard
  await ended
  server.close()
  server.closeAllConnections()
  return elapsedMs
}

function plainRun(url: string): Promise<unknown> {
  const script = projectPath('build', 'better-prompts', 'smoke.js')
  const env = { BASE_URL: url, K6_NO_USAGE_REPORT: 'true' }
  return execa(K6_BIN, ['run', '--quiet', script], { env, reject: false })
}

async function cliRun(url: string): Promise<unknown> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const env = { K6_BIN, K6_VERDICT_RESULTS: results }
  return execa('npm', ['run', '-s', 'k6', '--', 'smoke', '--target', url], {
    cwd: projectPath(),
    env,
    reject: false,
  })
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function ms(value = 0): string {
  return `${Math.round(value)} ms`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
