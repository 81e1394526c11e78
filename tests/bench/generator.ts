import type { RunSettings } from '../../lib/run-settings.ts'
import { k6Environment, usableMemoryBytes } from '../../scripts/k6/environment.ts'
import { projectPath } from '../../scripts/core/project.ts'
import { withEchoServer } from './echo-server.ts'
import { ourBundle } from './echo/ours.ts'
import { interleaved, median, type Row, sideBySide } from './report.ts'
import { type Cost, runScript } from './run-script.ts'

const ROUNDS = 5
/**
 * Where its memory lies makes one process of the same script a tenth faster than another for as long as it lives:
 * many short rounds say more than a few long ones.
 */
const CLOSED_ROUNDS = 15
const SECONDS = 8
const OPEN_SECONDS = 6
/** What a team writes by hand, with the same duties. */
export const REFERENCE = projectPath('tests', 'bench', 'echo', 'reference.js')
/** The same, with operations measured as a whole. */
const WITH_OPERATIONS = projectPath('tests', 'bench', 'echo', 'reference-with-operations.js')

/** The toolkit's generator against a script written by hand, both sending the same requests. */
export function benchGenerator(k6: string): Promise<Row[]> {
  return withEchoServer(async (url) => {
    const env = { BASE_URL: url }
    return [
      ...(await closedLoop(k6, env)),
      ...(await openLoop(k6, env)),
      ...(await memory(k6, env)),
    ]
  })
}

interface Pair {
  load: Record<string, unknown>
  settings: Partial<RunSettings>
  env: Record<string, string>
  /** The same environment for both, instead of k6's defaults against the toolkit's. */
  equal?: Record<string, string>
  rounds?: number
}

async function compare(k6: string, pair: Pair) {
  return interleaved(pair.rounds ?? ROUNDS, await runsOf(k6, pair))
}

async function runsOf(k6: string, pair: Pair, by = REFERENCE) {
  const { load, settings, env, equal } = pair
  const { script } = await ourBundle(settings)
  const plain = { ...process.env, ...env, LOAD: JSON.stringify(load) }
  const ours = k6Environment({ env: process.env, totalMemoryBytes: usableMemoryBytes() })
  // Without an API of k6, as two may run at once.
  const args = ['--address', '']
  return {
    reference: () => runScript({ k6, script: by, args, env: { ...plain, ...equal } }),
    ours: () => runScript({ k6, script, args, env: { ...ours, ...env, ...equal } }),
  }
}

async function closedLoop(k6: string, env: Record<string, string>): Promise<Row[]> {
  const duration = `${SECONDS}s`
  const load = { executor: 'constant-vus', vus: 50, duration }
  const pair = { load, settings: { users: 50, duration }, env }
  const runs = await runsOf(k6, pair)
  const costs = await interleaved(CLOSED_ROUNDS, runs)
  const inTurn = ratio(costs.ours, costs.reference, perRequest)
  const atOnce = await sideBySide(ROUNDS, runs)
  const sameDuties = await sideBySide(ROUNDS, await runsOf(k6, pair, WITH_OPERATIONS))
  const told = `one after the other ${inTurn.ratio.toFixed(2)}`
  return [
    cpuRow('the reference', atOnce, `; ${told}, ${against(inTurn)}`),
    cpuRow('the reference with operations measured as a whole', sameDuties),
  ]
}

function cpuRow(of: string, { ours, reference }: Record<Side, Cost[]>, more = ''): Row {
  const ratios = ours.map((cost, i) => perRequest(cost) / perRequest(reference[i] as Cost))
  const cpu = median(ratios)
  return {
    budget: `CPU per request, both at once: at most 1.15 of ${of}`,
    measured: `${cpu.toFixed(2)} (${against(ratio(ours, reference, perRequest))}${more})`,
    holds: cpu <= 1.15,
  }
}

type Side = 'ours' | 'reference'

function against({ ours, reference }: Record<Side, number>): string {
  return `${micros(ours)} against ${micros(reference)}`
}

function perRequest(cost: Cost): number {
  return cost.cpuSeconds / requests(cost, 'count')
}

async function openLoop(k6: string, env: Record<string, string>): Promise<Row[]> {
  const ratePerSecond = 2_000
  const arrival = { executor: 'constant-arrival-rate', rate: ratePerSecond, preAllocatedVUs: 200 }
  const { reference, ours } = await compare(k6, {
    load: { ...arrival, duration: `${OPEN_SECONDS}s` },
    settings: { model: 'open', ratePerSecond, poolUsers: 200, duration: `${OPEN_SECONDS}s` },
    env,
  })
  const p99 = ratio(ours, reference, ({ summary }) => {
    return summary.metrics['http_req_duration']?.values['p(99)'] ?? NaN
  })
  return [
    {
      budget: 'p99 at 2,000 requests/s in the open model: not above the reference',
      measured: `${p99.ours.toFixed(2)} ms against ${p99.reference.toFixed(2)} ms`,
      holds: p99.ours <= p99.reference,
    },
  ]
}

async function memory(k6: string, env: Record<string, string>): Promise<Row[]> {
  const { reference, ours } = await compare(k6, {
    load: { executor: 'constant-vus', vus: 1_000, duration: '10s' },
    settings: { users: 1_000, duration: '10s' },
    env: { ...env, PAUSE_SECONDS: '1' },
    equal: { GOGC: '100', GOMEMLIMIT: '' },
    rounds: 5,
  })
  const bytes = ratio(ours, reference, ({ peakBytes }) => peakBytes / 1_000)
  const kb = (value: number): string => `${Math.round(value / 1_024)} KB`
  return [
    {
      budget: 'memory per user at 1000 users, GOGC=100 on both sides: at most 1.4 of the reference',
      measured: `${bytes.ratio.toFixed(2)} (${kb(bytes.ours)} against ${kb(bytes.reference)})`,
      holds: bytes.ratio <= 1.4,
    },
  ]
}

function requests({ summary }: Cost, field: 'rate' | 'count'): number {
  return summary.metrics['http_reqs']?.values[field] ?? NaN
}

function ratio(ours: Cost[], reference: Cost[], of: (cost: Cost) => number) {
  const medians = { ours: median(ours.map(of)), reference: median(reference.map(of)) }
  return { ...medians, ratio: medians.ours / medians.reference }
}

function micros(seconds: number): string {
  return `${(seconds * 1e6).toFixed(0)} µs`
}
