import { existsSync } from 'node:fs'
import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'
import type { Phase, RunPlan } from '../../lib/plan.ts'
import { readJson } from '../core/read-json.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { MANIFEST_FORMAT } from '../run-folder/manifest-format.ts'
import { type PlannedRun, planRun } from '../plan/plan-run.ts'
import {
  findWorkload,
  namedWorkload,
  scenarioFiles,
  type WorkloadFolder,
} from '../plan/scenario-files.ts'
import type { RunFolder } from '../run-folder/run-folder.ts'
import { runUnknown } from './errors.ts'
import type { PrometheusApi, RawSeries } from '../prometheus/prometheus-api.ts'
import type { Lookout } from './read-run-series.ts'

/** What a run was to be, and when it was. */
export interface KnownRun {
  planned: PlannedRun
  /** The plan that ran. */
  plan: RunPlan
  /** Missing where nobody has said it. */
  startMs?: number
  isEnded: boolean
  /** Of the run, where its folder is here. */
  manifest?: Manifest
}

export interface WhichRun {
  testid: string
  folder: RunFolder
  sla: string | undefined
  workload: string | undefined
}

/** The run by its run.json; undefined where that is not here. */
export async function runOfFolder({ folder, sla }: WhichRun): Promise<KnownRun | undefined> {
  if (!existsSync(folder.manifest)) return undefined
  const manifest = await readJson<Manifest>(folder.manifest, MANIFEST_FORMAT)
  const { settings, plan, phases, endedAt } = manifest
  const planned = await plannedAgain({
    name: manifest.workload,
    folder: namedWorkload(manifest.workload),
    settings: { ...DEFAULT_SETTINGS, ...settings },
    sla,
  })
  const start = phases?.[0]?.startedAt
  return {
    planned,
    plan,
    isEnded: endedAt !== undefined,
    ...(start !== undefined && { startMs: Date.parse(start) }),
    manifest,
  }
}

/**
 * The run by what the toolkit published of it: its scenario's plan, with the phases at the times at which
 * they were. Their edges are known to a push.
 *
 * @throws ToolkitError when nothing was published
 */
export async function publishedRun(
  api: PrometheusApi,
  { testid, sla, workload }: WhichRun,
  { fromSeconds, toSeconds }: Lookout,
): Promise<KnownRun> {
  const range = `[${Math.ceil(toSeconds - fromSeconds)}s]`
  const of = (names: string): Promise<RawSeries[]> =>
    api.query(`{testid=${JSON.stringify(testid)},__name__=~"${names}"}${range}`, toSeconds)
  const series = await of(
    'k6_verdict_(run_info|run_start_timestamp_seconds|run_end_timestamp_seconds|phase|planned_.+)',
  )
  const named = (name: string): RawSeries[] =>
    series.filter(({ metric }) => metric['__name__'] === `k6_verdict_${name}`)
  const info = named('run_info')[0]?.metric
  if (!info) throw runUnknown(testid, 'neither a run.json nor what the toolkit publishes')
  const seconds = (name: string): number | undefined => {
    const last = named(`run_${name}_timestamp_seconds`)[0]?.values?.at(-1)
    return last && Number(last[1])
  }
  const start = seconds('start')
  if (start === undefined) throw runUnknown(testid, 'a run that never began its load')

  const { profile = '', run_scenario: scenario = '', model = '' } = info
  const settings: RunSettings = {
    ...DEFAULT_SETTINGS,
    scenario,
    ...(profile !== '' && { profile }),
  }
  const name = info['workload'] ?? ''
  const folder = workload === undefined ? namedWorkload(name) : findWorkload(workload)
  const planned = await plannedAgain({ name, folder, settings, sla })
  const offered = ['planned_users', 'planned_iterations_per_second'].flatMap(named)
  const target = Math.max(0, ...offered.flatMap(({ values = [] }) => values.map(valueOf)))
  const course = offered.flatMap(({ values = [] }) => values).sort(([one], [other]) => one - other)
  const phases = phasesOf(named('phase'), { start, course })
  const durationSeconds = phases.at(-1)?.endSeconds ?? 0
  const { plan } = planned.evaluated
  const ran = {
    ...plan,
    phases,
    durationSeconds,
    target,
    ...(model !== '' && { model: model as 'open' }),
  }
  return { planned, plan: ran, startMs: start * 1_000, isEnded: seconds('end') !== undefined }
}

const valueOf = ([, text]: readonly [number, string]): number => Number(text)

// What a file or a label says is a name: nothing is looked for elsewhere, and then run.
async function plannedAgain({ name, folder, settings, sla }: PlannedAgain): Promise<PlannedRun> {
  const { scenario } = settings
  if (!folder) throw runUnknown(name, `a workload "${name}" that is not here`)
  if (!scenarioFiles().some((file) => file.name === scenario)) {
    throw runUnknown(name, `a scenario "${scenario}" that is not here`)
  }
  const { path: k6 } = await readyK6()
  const { env } = process
  return planRun({ workload: folder, settings, slaPath: sla, k6, env, elsewhere: true })
}

interface PlannedAgain {
  name: string
  folder: WorkloadFolder | undefined
  settings: RunSettings
  sla: string | undefined
}

function phasesOf(
  series: readonly RawSeries[],
  { start, course }: { start: number; course: readonly (readonly [number, string])[] },
): Phase[] {
  // Of its end: what was planned for the last moment that was pushed.
  const targetAt = (at: number): number => {
    const last = course.filter(([seconds]) => seconds <= at).at(-1) ?? course[0]
    return last ? valueOf(last) : 0
  }

  const phases = series.flatMap(({ metric, values = [] }) => {
    const [first, last] = [values[0]?.[0], values.at(-1)?.[0]]
    if (first === undefined || last === undefined) return []
    return [{ name: metric['phase'] ?? '', startSeconds: Math.max(0, first - start), last }]
  })
  const ordered = phases.sort((a, b) => a.startSeconds - b.startSeconds)
  return ordered.map(({ name, startSeconds, last }, index) => {
    const endSeconds = ordered[index + 1]?.startSeconds ?? last - start
    return { name, startSeconds, endSeconds, target: targetAt(last) }
  })
}
