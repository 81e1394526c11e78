import type { RunPlan } from '../../lib/plan.ts'
import { dashboardEnvironment, k6Arguments } from '../k6/k6-arguments.ts'
import { k6Environment } from '../k6/environment.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { readK6Log } from '../k6/k6-log.ts'
import { type K6Outcome, runK6 } from '../k6/run-k6.ts'
import { usableMemoryBytes } from '../k6/usable-memory.ts'
import { projectPath } from '../project.ts'
import { readProgress } from '../k6/progress.ts'
import { endProgress, progress, say } from '../report/console.ts'
import { liveLine } from '../report/live-line.ts'
import type { Bundle } from './bundle.ts'
import { absolutePhases, type Manifest, newManifest, writeManifest } from './manifest.ts'
import type { OpenTarget } from './open-target.ts'
import type { PlannedRun } from './plan-run.ts'
import { prepareRunFolder, type RunFolder } from './run-folder.ts'
import { targetEnvironment } from './target.ts'

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

export interface ExecutedRun extends K6Outcome {
  manifest: Manifest
  /** Distinct errors of k6's log, first ones first. */
  errors: string[]
}

/** What k6 may need beyond the plan: setup, teardown, the last iterations, its summary. */
const SLACK_MS = 5 * 60_000

/** Fills the run's folder and runs k6 to its end. */
export async function executeRun(input: ExecuteInput): Promise<ExecutedRun> {
  const { folder, planned, bundle, k6, outputs } = input
  const { plan } = planned.evaluated
  const env = environmentOf(input)
  await prepareRunFolder(folder, bundle)
  const manifest = await newManifest({
    id: folder.id,
    settings: planned.settings,
    plan,
    target: { ...input.target.targets, sandbox: input.target.isSandbox },
    k6,
    k6Environment: env,
    startedAt: input.startedAt,
  })
  await writeManifest(folder.manifest, manifest)

  const outcome = await runK6({
    k6: k6.path,
    args: k6Arguments({ script: folder.script, summaryPath: folder.summary, outputs }),
    env,
    log: folder.log,
    deadlineMs: plan.durationSeconds * 1_000 + SLACK_MS,
    stop: input.stop,
    kill: input.kill,
    onLine: showLine(plan),
  }).finally(endProgress)

  const log = readK6Log(folder.log)
  const ended: Manifest = {
    ...manifest,
    endedAt: new Date().toISOString(),
    instances: [outcome],
    ...(log.startedAtMs.length > 0 && {
      phases: absolutePhases(plan.phases, Math.min(...log.startedAtMs)),
    }),
  }
  return { ...outcome, manifest: ended, errors: log.errors }
}

/** Shows what a user wants to know of k6's own output: how far it is, and where its dashboard is. */
function showLine(plan: RunPlan): (line: string) => void {
  const describe = liveLine(plan)
  return (line) => {
    const now = readProgress(line)
    if (now) progress(describe(now))
    const [, url] = /^ *web dashboard: (http\S+)/.exec(line) ?? []
    if (url !== undefined) say(`web dashboard: ${url} (k6 ends when its tab is closed)`)
  }
}

function environmentOf({ folder, planned, target, webDashboard }: ExecuteInput): NodeJS.ProcessEnv {
  return {
    ...k6Environment({
      env: process.env,
      totalMemoryBytes: usableMemoryBytes(),
      // The user's own k6 configuration must not change what a run means.
      configFile: projectPath('scripts', 'k6', 'empty-config.json'),
    }),
    ...targetEnvironment(target.targets),
    ...(webDashboard &&
      dashboardEnvironment({
        exportPath: folder.dashboard,
        plannedSeconds: planned.evaluated.plan.durationSeconds,
      })),
  }
}
