import { stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Options } from 'k6/options'
import type { RunPlan } from '../../lib/plan.ts'
import { diskTooSmall, targetUnreachable } from './errors.ts'
import { askTargets } from '../k6/ask-targets.ts'

/** Measured: 17 lines of 115 bytes for a request with a check, two metrics of its own and its iteration. */
const BYTES_PER_REQUEST = 2_000

/** The sample file that is made from the lines, and room for the log and the report. */
const SPARE_RATIO = 1.1
const SPARE_BYTES = 50e6

/** An iteration takes at least this long, also where nobody thinks. */
const ITERATION_SECONDS_MIN = 0.02

/** More than one k6 on one machine can send. */
const REQUESTS_PER_SECOND_MAX = 30_000

/** Requests that a plan may send, one for each iteration. */
function plannedRequests(plan: RunPlan): number {
  const { model, phases, thinkSeconds, target, iterationsPerUser } = plan
  if (iterationsPerUser !== undefined) return target * iterationsPerUser
  if (model === 'once') return 1_000
  const perUser = 1 / Math.max(ITERATION_SECONDS_MIN, thinkSeconds)
  return phases.reduce((sum, { startSeconds, endSeconds, target }, index) => {
    // The higher end of the phase: an estimate must not be too low.
    const load = Math.max(target, phases[index - 1]?.target ?? 0)
    const perSecond = Math.min(REQUESTS_PER_SECOND_MAX, model === 'open' ? load : load * perUser)
    return sum + perSecond * (endSeconds - startSeconds)
  }, 0)
}

/**
 * Makes sure that what a run records has room.
 *
 * @throws ToolkitError `K6V_DISK_TOO_SMALL`, before anything has been sent
 */
export async function requireDiskSpace(plan: RunPlan, folder: string): Promise<void> {
  const there = await existingAncestor(folder)
  const { bavail, bsize } = await statfs(there)
  const freeBytes = bavail * bsize
  const neededBytes = plannedRequests(plan) * BYTES_PER_REQUEST * SPARE_RATIO + SPARE_BYTES
  if (freeBytes < neededBytes) throw diskTooSmall({ folder, freeBytes, neededBytes })
}

/** The folder itself, or the nearest one above it that exists: there it would be created. */
export async function existingAncestor(folder: string): Promise<string> {
  const path = resolve(folder)
  const exists = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  return exists || dirname(path) === path ? path : existingAncestor(dirname(path))
}

/** How a run reaches its targets. */
export interface Reaching {
  /** Path of the k6 binary. */
  k6: string
  /** Of the script. */
  options: Options
  /** What `--proxy` and `--insecure` give k6. */
  networkEnv?: Readonly<Record<string, string>> | undefined
  /** How long an answer may take. @default 3 */
  readyTimeoutSeconds?: number | undefined
}

/** Options that decide whether and where k6 finds a host, and what it trusts. */
const NETWORK = [
  ...(['hosts', 'dns', 'blacklistIPs', 'blockHostnames'] as const),
  ...(['insecureSkipTLSVerify', 'tlsAuth', 'tlsVersion', 'tlsCipherSuites'] as const),
]

const READY_TIMEOUT_SECONDS = 3

/**
 * Makes sure that something answers at each URL, with k6's own network: its names, certificates and proxy.
 *
 * @throws ToolkitError with k6's reason
 */
export async function requireAnswers(urls: readonly string[], reaching: Reaching): Promise<void> {
  const { k6, options, networkEnv = {}, readyTimeoutSeconds } = reaching
  const set = NETWORK.filter((name) => options[name] !== undefined)
  const timeoutSeconds = readyTimeoutSeconds ?? READY_TIMEOUT_SECONDS
  const [first] = await askTargets({
    ...{ k6, urls, networkEnv, timeoutSeconds, env: process.env },
    network: Object.fromEntries(set.map((name) => [name, options[name]])),
  })
  if (first) throw targetUnreachable(...first, timeoutSeconds)
}
