import { copyFile } from 'node:fs/promises'
import type { FoundK6 } from '../../k6/find-k6.ts'
import { readK6Log } from '../../k6/k6-log.ts'
import { type K6Outcome, runK6 } from '../../k6/run-k6.ts'
import { endProgress, progress, say } from '../../core/console.ts'
import type { Bundle } from '../../plan/bundle.ts'
import { type Manifest, newManifest, writeManifest } from '../../run-folder/manifest.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import { keepBundle, prepareRunFolder, type RunFolder } from '../../run-folder/run-folder.ts'
import type { Targets } from '../../plan/target.ts'
import { scriptRow, type ScriptRun } from '../../script/script-run.ts'
import { cloudCommand, readCloudLine } from './cloud-command.ts'
import { type CloudRequest, hideToken } from './cloud-request.ts'
import { type CloudTestRun, cloudTestRun } from './cloud-test-run.ts'

export interface CloudInput {
  folder: RunFolder
  planned: PlannedRun
  /** Missing for a script of the user's own. */
  bundle?: Bundle
  /** Set for a script of the user's own. */
  script?: ScriptRun
  k6: FoundK6
  targets: Targets
  startedAt: Date
  request: CloudRequest
  /** From the start of k6: it would look for ever after a run of which it hears nothing. */
  deadlineMs: number
  stop: AbortSignal
  kill: AbortSignal
}

export interface ExecutedInCloud {
  outcome: K6Outcome
  manifest: Manifest
  /** Distinct errors of k6's log, first ones first. */
  errors: string[]
  /** Page of the run in Grafana; missing where the cloud never began it. */
  url?: string
  testRun: CloudTestRun | { problem: string }
  processMs: { start: number; end: number }
}

/** After an abort, how long the cloud may take to end the run. */
const GRACE_MS = 60_000

/** Fills the run's folder, and has `k6 cloud run` upload the script, start it and wait for its end. */
export async function executeInCloud(input: CloudInput): Promise<ExecutedInCloud> {
  const { folder, script, k6, targets, request, deadlineMs } = input
  const { execution, name } = request.settings
  const manifest = await fillFolder(input)

  const start = Date.now()
  let url: string | undefined
  const onLine = (line: string): void => {
    const seen = readCloudLine(line)
    if (seen.url !== undefined && url === undefined) say(`result page: ${(url = seen.url)}`)
    if (seen.progress !== undefined)
      progress(`  ${request.settings.name} in the cloud: ${seen.progress}`)
  }
  const never = new AbortController().signal
  const outcome = await runK6({
    k6: k6.path,
    ...cloudCommand({
      ...{ targets, request, env: process.env },
      script: script ? folder.archive : folder.script,
      flags: script?.flags,
    }),
    log: folder.log,
    deadlineMs,
    graceMs: Math.min(GRACE_MS, deadlineMs),
    stop: input.stop,
    stopEarly: never,
    kill: input.kill,
    onStart: () => undefined,
    onLine,
  }).finally(endProgress)
  const processMs = { start, end: Date.now() }
  await hideToken(folder.log, request.token)
  const testRun =
    url === undefined
      ? { problem: 'the cloud did not begin it' }
      : await cloudTestRun(url, request, process.env)
  const at = (ms: number): string => new Date(ms).toISOString()
  return {
    outcome,
    errors: readK6Log(folder.log).errors,
    ...(url !== undefined && { url }),
    testRun,
    processMs,
    manifest: {
      ...manifest,
      endedAt: at(processMs.end),
      instances: [{ ...outcome, startedAt: at(start), endedAt: at(processMs.end) }],
      cloud: { execution, name, ...(url !== undefined && { url }) },
    },
  }
}

async function fillFolder(input: CloudInput): Promise<Manifest> {
  const { folder, planned, bundle, script, k6, targets, request, startedAt } = input
  await prepareRunFolder(folder)
  if (bundle) await keepBundle(folder, bundle)
  if (script) await copyFile(script.archive, folder.archive)
  const { execution, name } = request.settings
  const manifest: Manifest = {
    ...(await newManifest({
      id: folder.id,
      planned,
      target: { ...targets, sandbox: false },
      k6,
      // It makes no load, so nothing is tuned.
      k6Environment: {},
      startedAt,
    })),
    ...(script && { script: scriptRow(script) }),
    cloud: { execution, name },
  }
  await writeManifest(folder.manifest, manifest)
  return manifest
}
