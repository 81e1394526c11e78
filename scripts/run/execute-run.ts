import { dashboardEnvironment, k6Arguments } from '../k6/k6-arguments.ts'
import { k6Environment } from '../k6/environment.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { readK6Log } from '../k6/k6-log.ts'
import { type K6Outcome, runK6 } from '../k6/run-k6.ts'
import { usableMemoryBytes } from '../k6/usable-memory.ts'
import { projectPath } from '../project.ts'
import { endProgress, say } from '../report/console.ts'
import { recording } from '../samples/record.ts'
import type { Bundle } from './bundle.ts'
import { freePort } from './free-port.ts'
import { absolutePhases, type Manifest, newManifest, writeManifest } from './manifest.ts'
import type { OpenTarget } from './open-target.ts'
import type { PlannedRun } from './plan-run.ts'
import { prepareRunFolder, type RunFolder } from './run-folder.ts'
import { targetEnvironment } from './target.ts'
import { type WatchedRun, watchRun } from './watch-run.ts'

export interface ExecuteInput {
  folder: RunFolder
  planned: PlannedRun
  bundle: Bundle
  k6: FoundK6
  target: OpenTarget
  startedAt: Date
  outputs: readonly string[]
  webDashboard: boolean
  stop: AbortSignal
  kill: AbortSignal
}

export interface ExecutedRun {
  outcome: K6Outcome
  watched: WatchedRun
  manifest: Manifest
  /** Start of the load; undefined when k6 never began it. */
  startMs: number | undefined
  /** Start and end of the k6 process. */
  processMs: { start: number; end: number }
  /** Distinct errors of k6's log, first ones first. */
  errors: string[]
}

/** What k6 may need beyond the plan: setup, teardown, the last iterations, its summary. */
const SLACK_MS = 5 * 60_000

/** Fills the run's folder and runs k6 to its end. */
export async function executeRun(input: ExecuteInput): Promise<ExecutedRun> {
  const { folder, planned, bundle, target } = input
  const { plan } = planned.evaluated
  const port = await freePort()
  const env = environmentOf(input, port)
  await prepareRunFolder(folder, bundle)
  const manifest = await newManifest({
    id: folder.id,
    settings: planned.settings,
    plan,
    target: { ...target.targets, sandbox: target.isSandbox },
    k6: input.k6,
    k6Environment: env,
    startedAt: input.startedAt,
  })
  await writeManifest(folder.manifest, manifest)

  const start = Date.now()
  const { outcome, watched } = await runWatched(input, { env, port })
  const processMs = { start, end: Date.now() }
  const log = readK6Log(folder.log)
  const startMs = log.startedAtMs.length > 0 ? Math.min(...log.startedAtMs) : undefined
  const at = (ms: number): string => new Date(ms).toISOString()
  const ended: Manifest = {
    ...manifest,
    endedAt: new Date().toISOString(),
    instances: [{ ...outcome, startedAt: at(processMs.start), endedAt: at(processMs.end) }],
    ...(startMs !== undefined && { phases: absolutePhases(plan.phases, startMs) }),
  }
  return { outcome, watched, manifest: ended, startMs, processMs, errors: log.errors }
}

async function runWatched(
  input: ExecuteInput,
  { env, port }: { env: NodeJS.ProcessEnv; port: number },
): Promise<{ outcome: K6Outcome; watched: WatchedRun }> {
  const { folder, planned, k6, target, webDashboard } = input
  const { plan } = planned.evaluated
  const early = new AbortController()
  let k6Pid: number | undefined
  const watch = watchRun({
    plan,
    objectives: planned.objectives,
    samples: folder.recorded,
    log: folder.log,
    port,
    k6Pid: () => k6Pid,
    ownPids: () => (target.pid === undefined ? [] : [target.pid]),
    onStop: () => early.abort(),
  })
  const run = runK6({
    k6: k6.path,
    args: k6Arguments({
      script: folder.script,
      summaryPath: folder.summary,
      outputs: [recording(folder.recorded).output, ...input.outputs],
      quiet: !webDashboard,
    }),
    env,
    log: folder.log,
    deadlineMs: plan.durationSeconds * 1_000 + SLACK_MS,
    stop: input.stop,
    stopEarly: early.signal,
    kill: input.kill,
    onStart: (pid) => (k6Pid = pid),
    onLine: showDashboard,
  })
  try {
    const outcome = await run
    return { outcome, watched: await watch.stop() }
  } catch (error) {
    await watch.stop()
    throw error
  } finally {
    endProgress()
  }
}

function showDashboard(line: string): void {
  const [, url] = /^ *web dashboard: (http\S+)/.exec(line) ?? []
  if (url !== undefined) say(`web dashboard: ${url} (k6 ends when its tab is closed)`)
}

function environmentOf(input: ExecuteInput, port: number): NodeJS.ProcessEnv {
  const { folder, planned, target, webDashboard } = input
  return {
    ...k6Environment({
      env: process.env,
      totalMemoryBytes: usableMemoryBytes(),
      // The user's own k6 configuration must not change what a run means.
      configFile: projectPath('scripts', 'k6', 'empty-config.json'),
    }),
    ...targetEnvironment(target.targets),
    ...recording(folder.recorded).env,
    // By the environment, a port that is taken in between costs the generator's figures, not the run.
    K6_ADDRESS: `127.0.0.1:${port}`,
    ...(webDashboard &&
      dashboardEnvironment({
        exportPath: folder.dashboard,
        plannedSeconds: planned.evaluated.plan.durationSeconds,
      })),
  }
}
