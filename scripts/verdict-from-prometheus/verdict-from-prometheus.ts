import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from '../run-folder/manifest.ts'
import { requireResultsFolder, type RunFolder, runFolder } from '../run-folder/run-folder.ts'
import type { Reason } from '../reasons/reasons.ts'
import { type VerdictFile, verdictFile, writeVerdict } from '../verdict/verdict-file.ts'
import { judgeInPrometheus } from './judge-in-prometheus.ts'
import { measuredTrends } from '../indicators/measure-series.ts'
import { type KnownRun, publishedRun, runOfFolder } from './plan-of-run.ts'
import { prometheusApi } from '../prometheus/prometheus-api.ts'
import { type Lookout, lookoutOf, readRunSeries, requireRun } from './read-run-series.ts'
import type { RunInPrometheus } from '../indicators/from-series/run-series.ts'

export interface PrometheusVerdictInput {
  url: string
  testid: string
  /** SLA file instead of thresholds/<workload>.json. */
  sla?: string | undefined
  /** Instead of the one that the run says. */
  workload?: string | undefined
  /** What else makes the run INVALID. */
  faults?: readonly Reason[]
  stoppedByUser?: boolean
  env: NodeJS.ProcessEnv
}

export interface PrometheusVerdict {
  file: VerdictFile
  /** Where verdict.json is. */
  folder: string
}

/**
 * Judges a run by Prometheus and writes verdict.json: into the run's folder, or, where that has a verdict
 * from the samples, into its folder `prometheus`.
 *
 * @throws ToolkitError when the run cannot be read, or what it was to be is not known
 */
export async function verdictFromPrometheus(
  input: PrometheusVerdictInput,
): Promise<PrometheusVerdict> {
  const { url, testid, sla, workload, env, faults = [], stoppedByUser = false } = input
  const api = prometheusApi(url, env)
  const folder = runFolder(testid, env)
  await requireResultsFolder(folder.path)
  const which = { testid, folder, sla, workload }
  const local = await runOfFolder(which)
  const lookout = local?.manifest ? lookoutAt(local.manifest) : lookoutOf(Date.now())
  await requireRun(api, testid, lookout)
  const known = local ?? (await publishedRun(api, which, lookout))

  const { planned, plan } = known
  const { metrics } = planned.evaluated
  const trends = measuredTrends(planned.objectives, metrics)
  const run = await readRunSeries(api, { testid, lookout, trends })
  const judged = judgeInPrometheus({
    run,
    plan,
    objectives: planned.objectives,
    metrics,
    startMs: known.startMs ?? (run.firstSeconds - 1) * 1_000,
    cpus: known.manifest?.host.cpus,
    isEnded: known.isEnded,
    stoppedByUser,
    faults,
  })
  const manifest = known.manifest ?? manifestOf(testid, known, run)
  const file = verdictFile({ manifest, judged, errors: [] })
  const place = await placeOf(folder)
  await writeVerdict(join(place, 'verdict.json'), file)
  return { file, folder: place }
}

const SLACK_SECONDS = 600

function lookoutAt({ startedAt, endedAt }: Manifest): Lookout {
  const toMs = endedAt === undefined ? Date.now() : Date.parse(endedAt)
  const fromSeconds = Date.parse(startedAt) / 1_000 - SLACK_SECONDS
  return { fromSeconds, toSeconds: toMs / 1_000 + SLACK_SECONDS }
}

// What made the run is not here, so there is no more to say of it than this.
function manifestOf(testid: string, known: KnownRun, run: RunInPrometheus): Manifest {
  const at = (seconds: number): string => new Date(seconds * 1_000).toISOString()
  const { settings } = known.planned
  const partial: Partial<Manifest> = {
    id: testid,
    scenario: settings.scenario,
    workload: known.plan.workload,
    settings,
    plan: known.plan,
    target: { byRegion: {}, sandbox: false },
    startedAt: at(run.firstSeconds),
    endedAt: at(run.lastSeconds),
    instances: [],
  }
  return partial as Manifest
}

async function placeOf(folder: RunFolder): Promise<string> {
  const place = existsSync(folder.samples) ? join(folder.path, 'prometheus') : folder.path
  await mkdir(place, { recursive: true })
  return place
}
