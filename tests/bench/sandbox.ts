import { execa } from 'execa'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { k6Environment, usableMemoryBytes } from '../../scripts/k6/environment.ts'
import { projectPath } from '../../scripts/core/project.ts'
import { bundleScenario } from '../../scripts/plan/bundle.ts'
import { startSandbox } from '../../scripts/plan/sandbox-process.ts'
import { median, type Row, sideBySide } from './report.ts'
import { REFERENCE_COMMIT, withReference } from './sandbox-reference.ts'

const BUDGET = 0.5
const ROUNDS = 3
const USERS = 1_000
const RATE_PER_SECOND = 800
/** All users have logged in by then, and V8 has compiled what is hot. */
const WARM_UP_MS = 10_000
const MEASURED_MS = 10_000
const TICKS_PER_SECOND = 100

/** What requests of the better-prompts mix cost the sandbox, next to what they did before it was made cheaper. */
export async function benchSandbox(k6: string): Promise<Row[]> {
  const script = await betterPromptsBundle()
  return withReference(async (reference) => {
    const costs = await sideBySide(ROUNDS, {
      reference: () => cpuMsPerRequest({ k6, script, project: reference }),
      ours: () => cpuMsPerRequest({ k6, script, project: projectPath() }),
    })
    const [ours, before] = [median(costs.ours), median(costs.reference)]
    const ratio = median(costs.ours.map((cost, i) => cost / (costs.reference[i] ?? NaN)))
    return [
      {
        budget: `CPU of the sandbox per request of ${USERS} users: at most ${BUDGET} of commit ${REFERENCE_COMMIT}`,
        measured: `${ratio.toFixed(2)} (${ours.toFixed(2)} ms against ${before.toFixed(2)} ms)`,
        holds: ratio <= BUDGET,
      },
    ]
  })
}

/** `sustained` at a fixed rate, which no sandbox is at its end with, sent by 1,000 users in turn. */
async function betterPromptsBundle(): Promise<string> {
  const workload = { name: 'better-prompts', path: projectPath('workloads', 'better-prompts') }
  const settings = {
    ...DEFAULT_SETTINGS,
    scenario: 'sustained',
    timeScale: 0.001,
    model: 'open' as const,
    ratePerSecond: RATE_PER_SECOND,
    poolUsers: USERS,
    duration: `${(WARM_UP_MS + MEASURED_MS) / 1_000 + 2}s`,
  }
  const { path } = await bundleScenario({ workload, settings })
  return path
}

interface Side {
  k6: string
  script: string
  /** The folder of the project whose sandbox is measured. */
  project: string
}

/** User and system time of the sandbox's process over the requests that it counted meanwhile, in ms. */
async function cpuMsPerRequest({ k6, script, project }: Side): Promise<number> {
  const sandbox = await startSandbox({ project })
  try {
    const env = k6Environment({ env: process.env, totalMemoryBytes: usableMemoryBytes() })
    const load = execa(k6, ['run', '--quiet', '--address', '', script], {
      env: { ...env, BASE_URL: sandbox.url, K6_NO_USAGE_REPORT: 'true' },
    })
    await sleep(WARM_UP_MS)
    const [requestsBefore, cpuBefore] = [await requestsOf(sandbox.url), cpuMsOf(sandbox.pid)]
    await sleep(MEASURED_MS)
    const [cpuAfter, requestsAfter] = [cpuMsOf(sandbox.pid), await requestsOf(sandbox.url)]
    await load
    return (cpuAfter - cpuBefore) / (requestsAfter - requestsBefore)
  } finally {
    await sandbox.stop()
  }
}

/** `proc(5)`: fields 14 and 15 of /proc/<pid>/stat. */
function cpuMsOf(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
  return ((user + system) * 1_000) / TICKS_PER_SECOND
}

async function requestsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const counts = text.matchAll(/^sandbox_http_request_duration_seconds_count\S* (\d+)$/gm)
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
}
