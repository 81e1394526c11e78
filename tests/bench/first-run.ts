import { spawn } from 'node:child_process'
import { cli, verdictOf } from '../cli.ts'
import { verdictText } from '../../scripts/verdict/verdict.ts'
import { median, type Row } from './report.ts'

const RUNS = { calm: 10, busy: 5 }

interface FirstRun {
  verdict: string
  /** Names of its reasons, for one that is not PASS. */
  codes: string[]
  seconds: number
  p95Ms: number | undefined
  users: number | undefined
}

/** `npm run k6 -- spike` as a newcomer types it, on a calm machine and beside a process that needs half a core. */
export async function benchFirstRun(k6: string): Promise<Row[]> {
  const calm = await firstRuns(k6, RUNS.calm)
  const neighbour = halfACore()
  const busy = await firstRuns(k6, RUNS.busy).finally(() => neighbour.kill('SIGKILL'))
  return [
    row('`npm run k6 -- spike` as the first command: PASS', calm),
    row('the same while another process keeps half a core busy: PASS', busy),
  ]
}

async function firstRuns(k6: string, runs: number): Promise<FirstRun[]> {
  const done: FirstRun[] = []
  for (let run = 0; run < runs; run++) {
    const each = await firstRun(k6)
    process.stderr.write(`  ${JSON.stringify(each)}\n`)
    done.push(each)
  }
  return done
}

async function firstRun(k6: string): Promise<FirstRun> {
  const startedAtMs = performance.now()
  const { runs } = await cli(['spike'], { env: { K6_BIN: k6 }, timeoutMs: 300_000 })
  const file = await verdictOf(runs[0])
  return {
    verdict: verdictText(file),
    codes: file.reasons.map(({ code }) => code),
    seconds: Math.round((performance.now() - startedAtMs) / 1_000),
    p95Ms: file.objectives.find(({ id }) => id === 'latency-p95')?.measured,
    users: file.delivery.usersPlanned,
  }
}

function halfACore() {
  const loop = 'setInterval(() => { const end = Date.now() + 50; while (Date.now() < end); }, 100)'
  return spawn(process.execPath, ['-e', loop])
}

function row(what: string, runs: readonly FirstRun[]): Row {
  const passed = runs.filter(({ verdict }) => verdict === 'PASS').length
  const p95 = runs.map(({ p95Ms = NaN }) => Math.round(p95Ms))
  const users = [...new Set(runs.map((run) => run.users))].join(' or ')
  const seconds = median(runs.map((run) => run.seconds))
  return {
    budget: `${what} in ${runs.length} of ${runs.length}`,
    measured: `${passed}; ${users} users, ${seconds} s to the verdict, p95 ${p95.join(', ')} ms`,
    holds: passed === runs.length,
  }
}
