import type { SampleReport } from '../samples/convert.ts'
import type { SampleDatabase } from '../samples/sample-database.ts'
import { crossedThresholds } from './facts/crossed-thresholds.ts'
import type { Evidence, K6End, Standstill } from './evidence.ts'
import type { GeneratorHealth } from './generator/generator-health.ts'
import { judgeObjective } from './rules/judge-objective.ts'
import { measureThreshold } from './facts/measure-threshold.ts'
import { recordedCounts, scenarioCounts } from './facts/recorded-counts.ts'
import { loadDelivered } from './rules/load-delivered.ts'
import { measure } from '../indicators/indicators.ts'
import type { Measurement } from '../indicators/from-samples/measurement.ts'
import { neverCalled } from './rules/never-called.ts'
import { reason, type Reason } from '../reasons/reasons.ts'
import type { RecordedRun } from './recorded-run.ts'
import { type RunFacts, runFacts } from './facts/run-facts.ts'
import { sampleFaults } from './facts/sample-faults.ts'
import { allFailures, callsOf, checksOf, logInsOf } from './facts/seen-requests.ts'
import { standstills } from './rules/standstills.ts'
import { machineMayBeSlow } from './why/machine-may-be-slow.ts'
import { userPeriodMs } from './rules/user-period.ts'
import type { TimedPhase } from '../indicators/timeline.ts'

/** The samples of a run as tables of a database. */
export interface SampleTable {
  database: SampleDatabase
  /** Path of the sample file. */
  parquet: string
  report: SampleReport
  timeline: readonly TimedPhase[]
  startMs: number
}

/** Reads from the samples of a run, and from what its engine knows, all that the verdict is made from. */
export async function collectEvidence(
  run: RecordedRun,
  table: SampleTable,
  generator: GeneratorHealth,
): Promise<Evidence> {
  const { database, parquet, report, timeline, startMs } = table
  const { plan, processMs, instances, objectives, share, stoppedByUser, stoppedBy } = run
  const { columns } = report
  const counted = await runFacts(database, {
    parquet,
    columns,
    startUs: startMs * 1_000,
    processUs: { startUs: processMs.start * 1_000, endUs: processMs.end * 1_000 },
  })
  const facts = plan.script ? withExceptions(counted, instances) : counted
  const isOfSeveral = instances.some(({ name }) => name !== undefined)
  const recorded = await recordedCounts(database, { parquet, isOfSeveral })
  const interruptedIterations = instances.reduce(
    (sum, { interruptedIterations: count = 0 }) => sum + count,
    0,
  )
  const delivery = loadDelivered({ facts, plan, interruptedIterations, stoppedByUser, share })
  const isWhole = delivery.end === 'complete'
  const measurements = await measurementsOf(run, table, {
    isWhole,
    elapsedSeconds: facts.elapsedSeconds,
  })
  const calls = await callsOf(database, parquet, columns)
  // Of a part of the load, and of a run that was ended, some endpoints have not had their turn.
  const isExpected = isWhole && !share && !stoppedBy
  return {
    plan,
    timeline,
    measurements,
    machineBusy: await busyMachine(run, table, { measurements, generator }),
    delivery,
    facts,
    ends: endsOf(run),
    isEndUnknown: run.isEndUnknown,
    isSlaGiven: objectives.some(({ threshold }) => !threshold),
    stoppedBy,
    endedBecause: run.endedBecause,
    sampleFaults: sampleFaults({ report, facts, recorded, instances }),
    instanceFaults: run.instanceFaults ?? [],
    generatorFaults: generator.faults,
    doubts: [
      ...(run.doubts ?? []),
      ...(report.isInWholeSeconds ? [reason('TIMES_IN_SECONDS', {})] : []),
    ],
    crossedThresholds: crossedThresholds(objectives, instances),
    standstills: await standstillsOf(run, table, facts),
    neverCalled: isExpected ? neverCalled(plan, calls) : { operations: [], endpoints: [] },
    // Nobody knows what the setup() of anybody's script sends.
    logIns: plan.script ? NO_LOG_INS : await logInsOf(database, parquet, columns),
    ...(plan.script && {
      scenarioCounts: withThrown(await scenarioCounts(database, parquet, columns), instances),
    }),
    ...(await allFailures(database, { columns, timeline })),
    checks: await checksOf(database, { columns, timeline }),
    part: share?.text,
  }
}

const NO_LOG_INS = { requests: 0, unanswered: 0, statuses: '' }

// Only the toolkit's own scripts count them in a metric.
function withExceptions(facts: RunFacts, instances: RecordedRun['instances']): RunFacts {
  const thrown = instances.reduce((sum, { exceptions = 0 }) => sum + exceptions, 0)
  return { ...facts, scriptExceptions: thrown, authFailures: 0, redirectsRefused: 0 }
}

function withThrown(
  counts: NonNullable<Evidence['scenarioCounts']>,
  instances: RecordedRun['instances'],
): NonNullable<Evidence['scenarioCounts']> {
  const threwIn = (name: string): number =>
    instances.reduce((sum, { threwIn: own = {} }) => sum + (own[name] ?? 0), 0)
  return new Map([...counts].map(([name, each]) => [name, { ...each, threw: threwIn(name) }]))
}

async function measurementsOf(
  { plan, objectives, instances, server }: RecordedRun,
  { database, parquet, report, timeline }: SampleTable,
  { isWhole, elapsedSeconds }: { isWhole: boolean; elapsedSeconds: number },
): Promise<Map<string, Measurement>> {
  const { columns, renamedTags } = report
  const gates = objectives.filter(({ isGate }) => isGate)
  const userPeriod = await userPeriodMs({ database, plan })
  const samples = { database, plan, timeline, columns, renamedTags, userPeriodMs: userPeriod }
  const context = { ...samples, gates, isWhole, server }
  const measurements = new Map<string, Measurement>()
  const recorded = { database, parquet, columns, renamedTags, elapsedSeconds, instances }
  for (const { threshold, ...compiled } of objectives) {
    const { id, objective, absence } = compiled
    if (absence !== undefined) continue
    if (threshold) {
      measurements.set(id, await measureThreshold({ ...compiled, threshold }, recorded))
    } else measurements.set(id, await measure(objective, context))
  }
  return measurements
}

// A latency that was missed while no CPU was idle.
async function busyMachine(
  { objectives }: RecordedRun,
  { database, report, timeline }: SampleTable,
  { measurements, generator: { perSecond = [], cpus } }: Measured,
): Promise<Map<string, Reason>> {
  const gates = objectives.filter(({ isGate }) => isGate)
  const input = { timeline, ...report, gates, generator: perSecond, cpus }
  const found = new Map<string, Reason>()
  for (const compiled of objectives) {
    const result = judgeObjective(compiled, measurements.get(compiled.id), { timeline })
    if (result.verdict !== 'FAIL' || compiled.threshold) continue
    const busy = await machineMayBeSlow(database, { compiled, result }, input)
    if (busy) found.set(compiled.id, busy)
  }
  return found
}

interface Measured {
  measurements: ReadonlyMap<string, Measurement>
  generator: GeneratorHealth
}

async function standstillsOf(
  { plan }: RecordedRun,
  { database, report: { columns, isInWholeSeconds = false }, timeline, startMs }: SampleTable,
  { elapsedSeconds }: RunFacts,
): Promise<Standstill[]> {
  const ranUntilUs = (startMs + elapsedSeconds * 1_000) * 1_000
  const found = await standstills({ database, plan, timeline, columns }, ranUntilUs)
  // Between the stamps of two seconds lies one in which nothing need have been silent.
  const blur = isInWholeSeconds ? 1 : 0
  return found.flatMap(({ startUs, seconds, phase, reachesEnd }) => {
    const atSeconds = (startUs / 1_000 - startMs) / 1_000
    const silence = { atSeconds, seconds: seconds - blur, phase, reachesEnd }
    return silence.seconds >= blur ? [silence] : []
  })
}

/** How each k6 ended. Of several, whoever ran them says which one broke: the others were stopped for it. */
export function endsOf({ instances, isOverdue = false, isEndUnknown }: RecordedRun): K6End[] {
  if (isEndUnknown) return []
  const ends = instances.map(({ name, exitCode, lastOwnError, errors: [first] }) => ({
    ...(name !== undefined && { name }),
    ...(exitCode !== undefined && { exitCode }),
    ...messageOf(lastOwnError ?? first),
    ...(isOverdue && { isOverdue }),
  }))
  const theirOwn = [107, 110]
  return ends.filter(({ name, exitCode = 0 }) => name === undefined || theirOwn.includes(exitCode))
}

function messageOf(message: string | undefined): { message?: string } {
  return message === undefined ? {} : { message }
}
