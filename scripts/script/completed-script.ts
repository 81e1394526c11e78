// What only a recording tells of a script: when its load began, whom it has called, and so what it is held against.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { convertSamples, type InstanceCsv } from '../samples/convert.ts'
import { openDatabase } from '../samples/sample-database.ts'
import type { Summary } from '../verdict/facts/read-summary.ts'
import type { KeptTable } from '../verdict/recorded-run.ts'
import type { StopReason } from '../stop/stop-rule.ts'
import type { PlannedScript } from './plan-script.ts'
import { type SeenInSamples, seenInSamples } from './seen-in-samples.ts'
import type { MetricType } from '../indicators/k6-metrics.ts'
import { selectorOf } from './parse-threshold.ts'
import type { MetricTypes } from './threshold-objectives.ts'

export interface RecordedScript {
  folder: { path: string; samples: string }
  planned: PlannedScript
  /** What each k6 has recorded. */
  csv: string | readonly InstanceCsv[]
  /** Of one of them. */
  summary: Summary | undefined
  /** From the start of the first k6 to the end of the last one. */
  processMs: { start: number; end: number }
}

export interface CompletedScript {
  planned: PlannedScript
  seen: SeenInSamples
  /** Missing where the samples could not be read: the judging tries it again elsewhere. */
  kept?: Required<KeptTable>
}

/** Makes the sample file of a run, and completes its plan and its objectives by it. */
export async function completedScript(input: RecordedScript): Promise<CompletedScript> {
  const found = await tableOf(input)
  const seen = found?.seen ?? { startUs: undefined, endpoints: [], reached: [] }
  return { seen, planned: completed(input, seen), ...(found && { kept: found.kept }) }
}

async function tableOf({ folder, planned, csv }: RecordedScript) {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const files = typeof csv === 'string' ? [csv] : csv.map((each) => each.csv)
  const database = await openDatabase({ temporaryFolder, folders: [folder.path], files })
  try {
    const parquet = folder.samples
    const report = await convertSamples({ database, csv, parquet })
    if (!report) return undefined
    const { script = [] } = planned.evaluated.plan
    const seen = await seenInSamples(database, { parquet, columns: report.columns, script })
    return { kept: { parquet, report }, seen }
  } catch {
    return undefined
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

function completed(
  { planned, summary, processMs }: RecordedScript,
  { endpoints, startUs }: SeenInSamples,
): PlannedScript {
  const { plan } = planned.evaluated
  const startMs = startUs === undefined ? processMs.start : startUs / 1_000
  const whole = { ...plan, endpoints, optionalEndpoints: endpoints }
  const seconds = (processMs.end - startMs) / 1_000
  return {
    ...planned,
    evaluated: {
      ...planned.evaluated,
      plan: plan.model === 'once' ? cutAt(whole, seconds) : whole,
    },
    objectives: planned.objectivesFor(endpoints, typesIn(summary)),
  }
}

// Counted iterations have a longest time in their plan, which hardly any run needs.
function cutAt(plan: RunPlan, seconds: number): RunPlan {
  if (seconds >= plan.durationSeconds) return plan
  const [first] = plan.phases
  const target = first?.target ?? plan.target
  const phase = { name: 'load', startSeconds: 0, endSeconds: seconds, target }
  return { ...plan, durationSeconds: seconds, phases: [phase] }
}

/** k6 v2.2.0, internal/metrics/engine: the run is ended by a threshold with `abortOnFail`. */
const ABORTED = /abortOnFail enabled, stopping test prematurely/

/** The threshold that has ended a run; undefined where none has. */
export function abortedBy(
  { exitCode, errors }: { exitCode: number | undefined; errors: readonly string[] },
  objectives: PlannedScript['objectives'],
): StopReason | undefined {
  if (exitCode !== 99 || !errors.some((error) => ABORTED.test(error))) return undefined
  const aborting = objectives.filter(({ threshold }) => threshold?.abortsRun)
  const id = aborting.map((each) => each.id).join(', ')
  return id === '' ? undefined : { id, reason: 'it was crossed, and has abortOnFail' }
}

/** Types by the name of the metric. */
function typesIn(summary: Summary | undefined): MetricTypes {
  const entries = Object.entries(summary?.metrics ?? {})
  return Object.fromEntries(
    entries.map(([key, { values }]) => [selectorOf(key).base, typeOf(values)]),
  )
}

function typeOf(values: Record<string, number>): MetricType {
  if ('passes' in values) return 'rate'
  if ('count' in values && 'rate' in values) return 'counter'
  return 'value' in values ? 'gauge' : 'trend'
}
