import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { maskSecrets } from '../../core/mask-secrets.ts'
import type { Follower, Kubectl } from './kubectl.ts'
import type { WrittenRun } from './written-run.ts'
import type { Runner, RunnersEnd } from './wait-for-runners.ts'

interface LogInput {
  written: WrittenRun
  runner: Runner
  pod: string
  logs: Follower[]
}

/** Writes a runner's log while it grows. */
export async function followLog(
  kubectl: Kubectl,
  { written, runner, pod, logs }: LogInput,
): Promise<void> {
  const place = instanceFolder(written, runner)
  await mkdir(place, { recursive: true })
  logs.push(kubectl.follow(['logs', '--follow', '--container', 'k6', pod], join(place, 'k6.log')))
}

/** What belongs to one runner. */
export function instanceFolder({ folder }: WrittenRun, { instance }: Runner): string {
  return join(folder.path, 'instances', instance)
}

const LOG_END_MS = 10_000

// The log of a pod ends with it; one that does not must not hold the verdict.
export async function logsEnded(logs: readonly Follower[]): Promise<void> {
  const all = Promise.all(logs.map((log) => log.ended))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((resolve) => (timer = setTimeout(resolve, LOG_END_MS)))
  await Promise.race([all, late])
  clearTimeout(timer)
}

// The API server closes a stream that has been silent for hours; what it kept from us is asked for again.
export async function completeLogs(
  kubectl: Kubectl,
  { written, runners, end }: { written: WrittenRun; runners: readonly Runner[]; end: RunnersEnd },
): Promise<void> {
  for (const runner of runners) {
    const pod = end.pods.get(runner.job)
    if (!pod) continue
    const { isDone, stdout } = await kubectl.run(['logs', '--container', 'k6', pod.name])
    const log = maskSecrets(stdout)
    const place = instanceFolder(written, runner)
    const known = await stat(join(place, 'k6.log')).catch(() => undefined)
    if (!isDone || log.length <= (known?.size ?? 0)) continue
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'k6.log'), `${log}\n`)
  }
}

const LOG_LINES = 20

/** The last lines of what prepares a TestRun, or why there are none. */
export async function initializerLog(kubectl: Kubectl, testRun: string): Promise<string> {
  const args = ['logs', `job/${testRun}-initializer`, '--container', 'k6', `--tail=${LOG_LINES}`]
  const { isDone, stdout, reason } = await kubectl.run(args)
  const log = stdout.trim()
  if (isDone && log !== '') return log
  return `it has no log${reason === '' ? '' : ` (${reason})`}`
}
