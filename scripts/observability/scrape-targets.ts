import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../core/write-whole.ts'
import { isRunning } from '../core/processes.ts'
import { stackFolder, type StackFolder } from './stack-folder.ts'
import { runningStack } from './stack-state.ts'

/** Something that answers `GET /metrics` while a run lasts. */
export interface ScrapeTarget {
  /** Label `job`: `sandbox`, `k6`. */
  job: string
  /** Host and port, or a URL of them. */
  address: string
}

export interface ScrapedRun {
  testid: string
  workload: string
  targets: readonly ScrapeTarget[]
}

/**
 * Lets the local Prometheus scrape what belongs to a run. Without a folder of `npm run observability`
 * nothing is written. A run needs none of this, so a folder that cannot be written is no error.
 *
 * @returns takes the targets away again, which ends their series
 */
export async function registerScrapeTargets(
  run: ScrapedRun,
  env: NodeJS.ProcessEnv,
): Promise<() => Promise<void>> {
  const folder = stackFolder(env)
  const path = join(folder.targets, `${run.testid}.${process.pid}.json`)
  if (run.targets.length === 0 || !existsSync(folder.targets)) return () => Promise.resolve()
  const host = runningStack(env, folder)?.scrapeHost ?? '127.0.0.1'
  const remove = (): Promise<void> => rm(path, { force: true }).catch(() => undefined)
  // Prometheus reads a file as soon as it changes: it must never see half of one.
  const whole = await writeWhole(path, targetsText(run, host)).then(
    () => true,
    () => false,
  )
  return whole ? remove : () => Promise.resolve()
}

export interface ScrapedProcesses {
  testid: string
  workload: string
  /** Base URL of a sandbox; undefined for an API of the user's own, which has metrics of its own. */
  sandbox: string | undefined
  /** Ports of 127.0.0.1 on which each k6 tells of itself. */
  k6Ports: readonly number[]
}

/** Lets the local Prometheus scrape the sandbox and each k6 of a run, as `registerScrapeTargets()` does. */
export function scrapeRun(
  { testid, workload, sandbox, k6Ports }: ScrapedProcesses,
  env: NodeJS.ProcessEnv,
): Promise<() => Promise<void>> {
  const targets = [
    ...(sandbox === undefined ? [] : [{ job: 'sandbox', address: sandbox }]),
    ...k6Ports.map((port) => ({ job: 'k6', address: `127.0.0.1:${port}` })),
  ]
  return registerScrapeTargets({ testid, workload, targets }, env)
}

/** Removes what runs that were killed have left, so that nothing is scraped for ever. */
export async function removeDeadTargets({ targets }: StackFolder): Promise<void> {
  for (const name of await readdir(targets).catch(() => [])) {
    const [, pid] = /\.(\d+)\.json(?:\.partial)?$/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(targets, name), { force: true })
  }
}

function targetsText({ testid, workload, targets }: ScrapedRun, host: string): string {
  const groups = targets.map(({ job, address }) => ({
    targets: [reachable(address, host)],
    labels: { job, testid, workload },
  }))
  return `${JSON.stringify(groups, undefined, 2)}\n`
}

// Only this machine's own address has another name in a container.
function reachable(address: string, host: string): string {
  const [named = ''] = address.replace(/^\w+:\/\//, '').split('/')
  return named.replace(/^(127\.0\.0\.1|localhost|\[::1\])(?=:|$)/, host)
}
