import { join } from 'node:path'
import { writeWhole } from '../core/write-whole.ts'
import { say } from '../core/console.ts'
import type { RunResources } from '../resources/reported-resources.ts'
import { thinned } from '../generator/generator-per-second.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { SampleReport } from '../samples/convert.ts'
import type { SampleDatabase } from '../samples/sample-database.ts'
import { judgedPhases } from '../indicators/judged-span.ts'
import { collectEvidence } from './collect-evidence.ts'
import { planAsRun } from './counted-plan.ts'
import { diagnose } from './diagnosis/diagnose.ts'
import type { Diagnosis } from './diagnosis/diagnosis.ts'
import { type EndpointRow, endpointRows, endpointsToCall } from './tables/endpoint-table.ts'
import { type GeneratorHealth, judgeGenerator } from './generator/generator-health.ts'
import { judgeGenerators } from './generator/generators-health.ts'
import { judge, type RunVerdict } from './judge.ts'
import { createJudgedTables, type TablesSql } from './facts/judged-tables.ts'
import { runTablesSql, TABLES_FILE, tablesText } from './facts/run-tables.ts'
import type { LoadDelivery } from './rules/load-delivered.ts'
import type { RecordedRun } from './recorded-run.ts'
import { type RunSeries, runSeries } from './tables/run-series.ts'
import type { StopReason } from '../stop/stop-rule.ts'
import { spansOf, type TimedPhase, timelineOf } from '../indicators/timeline.ts'
import type { VerdictSource } from './tables/without-samples.ts'
import type { Cause } from './why/cause.ts'
import { explain } from './why/explain.ts'
import { furtherFindings } from './why/further-findings.ts'

/** A run's verdict and what its reports show; plain JSON. */
export interface JudgedRun extends RunVerdict {
  /** Why the run ended before its time. */
  stoppedBy?: StopReason
  /** Set where the run was judged without its samples: what only those could tell is empty then. */
  source?: VerdictSource
  /** Set where the run sent no request by HTTP: `endpoints` and `series` are then those of its operations. */
  traffic?: 'operations'
  delivery: LoadDelivery
  endpoints: EndpointRow[]
  generator: GeneratorHealth
  samples: SampleReport
  series: RunSeries
  /** Why objectives were missed or are close, what is most urgent first. */
  causes: Cause[]
  /** What commonly explains such a run, warnings first. */
  diagnosis: Diagnosis[]
  /** What the machines of the run had in use; missing where nobody has looked. */
  resources?: RunResources
  /** k6 gave up following some redirects; missing means that it did not. */
  redirectsGivenUp?: boolean
}

/** The sample file of a run. */
export interface SampleFile {
  database: SampleDatabase
  /** Folder that it is in; it gets `tables.sql`. */
  folder: string
  name: string
  report: SampleReport
}

/** Judges a run by its samples. */
export async function judgeRun(planned: RecordedRun, file: SampleFile): Promise<JudgedRun> {
  const run = { ...planned, plan: await planAsRun(planned, file) }
  const { database, report } = file
  const { plan, objectives, stoppedBy } = run
  const startMs = run.startMs ?? run.processMs.start
  const timeline = timelineOf(plan.phases, startMs)
  const parquet = join(file.folder, file.name)
  const { columns } = report
  const redirectsGivenUp = run.instances.some((each) => (each.redirectsGivenUp ?? 0) > 0)
  const sql = await runTablesSql(
    database,
    { ...file, columns },
    { plan, startMs, redirectsGivenUp },
  )
  const traffic = await createJudgedTables(database, sql.here)
  await keepTables(join(file.folder, TABLES_FILE), sql.inFolder)

  const generator = generatorOf(run, timeline)
  const table = { database, parquet, report, timeline, startMs }
  const evidence = await collectEvidence(run, table, generator)
  const verdict = judge(evidence, objectives)

  const { delivery, facts } = evidence
  const seconds = delivery.elapsedSeconds
  const names = traffic === 'operations' ? Object.keys(plan.operationShares) : endpointsToCall(plan)
  const endpoints = await endpointRows(database, names, seconds)
  const series = await runSeries(database, { startMs, seconds, columns, traffic })
  const seen = { plan, timeline, traffic, objectives, endpoints, series, generator }
  const known = { ...seen, results: verdict.objectives, usersReady: facts.usersReady }
  const causes = await explain(database, {
    ...{ plan, timeline, columns, renamedTags: report.renamedTags },
    objectives: objectives.filter(isExplained),
    gates: objectives.filter(({ isGate }) => isGate),
    results: verdict.objectives.filter((_, index) => {
      const compiled = objectives[index]
      return compiled !== undefined && isExplained(compiled)
    }),
    standstills: evidence.standstills.map(({ atSeconds, seconds: length }) => {
      const startUs = (startMs + atSeconds * 1_000) * 1_000
      return { startUs, endUs: startUs + length * 1_000_000 }
    }),
    generator: generator.perSecond ?? [],
    cpus: generator.cpus,
  })
  return {
    ...verdict,
    ...(stoppedBy && { stoppedBy }),
    ...(traffic === 'operations' && { traffic }),
    delivery,
    endpoints,
    series,
    causes,
    diagnosis: furtherFindings(await diagnose({ database, columns, ...known }), causes),
    generator: drawn(generator),
    samples: report,
    ...(redirectsGivenUp && { redirectsGivenUp }),
  }
}

// A count or a rate over all of a script's run has no bad rows.
function isExplained({ threshold, objective: { indicator } }: CompiledObjective): boolean {
  return !threshold || !['count', 'rate'].includes(indicator.kind)
}

/** Of a series in verdict.json. */
const POINTS_MAX = 2_000

function drawn({ perSecond, ...generator }: GeneratorHealth): GeneratorHealth {
  return { ...generator, ...(perSecond && { perSecond: thinned(perSecond, POINTS_MAX) }) }
}

// No verdict depends on it.
async function keepTables(path: string, sql: TablesSql): Promise<void> {
  await writeWhole(path, tablesText(sql)).catch((error: unknown) => {
    say(`${path} could not be written: ${String(error)}`)
  })
}

function generatorOf(
  { generator, processMs }: RecordedRun,
  timeline: readonly TimedPhase[],
): GeneratorHealth {
  if ('health' in generator) return generator.health
  const { samples, each, cpus, memoryBytes } = generator
  const spans = spansOf(timeline, judgedPhases(undefined, timeline))
  const toMs = (spans.at(-1)?.endUs ?? Infinity) / 1_000
  const all = {
    samples,
    cpus,
    memoryLimitBytes: memoryBytes,
    fromMs: (spans[0]?.startUs ?? processMs.start * 1_000) / 1_000,
    toMs: Math.min(toMs, processMs.end),
  }
  return each ? judgeGenerators(all, each) : judgeGenerator(all)
}
