// Judges a simulated run by simple objectives and lets it be explained.
import { compileAll } from '../sla/example.ts'
import { judgeObjective } from '../../../scripts/verdict/rules/judge-objective.ts'
import { measure } from '../../../scripts/indicators/indicators.ts'
import type { MeasureContext } from '../../../scripts/indicators/from-samples/measurement.ts'
import { quantile } from '../../../scripts/statistics/quantile.ts'
import type { Cause } from '../../../scripts/verdict/why/cause.ts'
import { type ExplainInput, explain } from '../../../scripts/verdict/why/explain.ts'
import { type Limits, type Planted, type PlantedCause, simulationOf, type World } from './worlds.ts'
import { COURSE } from './course-causes.ts'
import { FAILING } from './failing-causes.ts'
import { STALLS_AND_MACHINE } from './generator-causes.ts'
import { SLOW } from './slow-causes.ts'
import { simulate, type Simulated } from './simulated-run.ts'
import { COLUMNS, openSimulated } from './simulated-tables.ts'

/** All causes that are planted. */
export const PLANTED = [...STALLS_AND_MACHINE, ...SLOW, ...FAILING, ...COURSE]

/** What was said of a run. */
export interface Explained {
  isPass: boolean
  causes: Cause[]
}

/** How far below its limits the world is without a cause. */
const USED_SHARE = 0.8

/** The limits that a world meets with a fifth to spare, in its usual run. */
function limitsOf(run: Simulated): Limits {
  const ms = run.requests.filter(({ at }) => at > 4).map((request) => request.ms)
  const hold = run.requests.filter(({ at }) => at >= 10 && at < 40)
  return {
    p95Ms: Math.ceil(quantile(ms, 0.95) / USED_SHARE),
    p99Ms: Math.ceil(quantile(ms, 0.99) / USED_SHARE),
    perSecond: hold.length / 30,
  }
}

/** Of worlds by their data and the seed: dozens of causes are planted into each. */
const known = new Map<string, Limits>()

function usualLimits(world: World, seed: number): Limits {
  const key = JSON.stringify([world, seed])
  const limits = known.get(key) ?? limitsOf(simulate(simulationOf(world, { effects: {} }, seed)))
  known.set(key, limits)
  return limits
}

/** Simulates a world with a cause, judges it by the measured values, and explains it. */
export async function explainPlanted(
  world: World,
  { planted, cause, seed }: { planted: Planted; cause?: PlantedCause; seed: number },
): Promise<Explained> {
  const limits = usualLimits(world, seed + 1)
  const run = simulate(simulationOf(world, planted, seed))
  const objectives = cause?.objective
    ? [cause.objective(limits)].flat()
    : [
        { id: 'latency-p95', indicator: { latency: 'p95' }, limit: `< ${limits.p95Ms}ms` },
        { id: 'latency-p99', indicator: { latency: 'p99' }, limit: `< ${limits.p99Ms}ms` },
        { id: 'errors', indicator: 'error-ratio', limit: '< 1%' },
      ]
  const { database, close } = await openSimulated(run)
  try {
    const { plan, timeline, generator } = run
    const compiled = compileAll(objectives, {
      ...plan,
      endpoints: world.endpoints.map(({ name }) => name),
    })
    const gates = compiled.filter(({ isGate }) => isGate)
    const known = { plan, timeline, columns: COLUMNS, renamedTags: {}, gates }
    const context: MeasureContext = { ...known, database, isWhole: true }
    const results: ExplainInput['results'][number][] = []
    for (const each of compiled) {
      const measurement = each.isGate ? undefined : await measure(each.objective, context)
      results.push(judgeObjective(each, measurement, { timeline }))
    }
    const causes = await explain(database, {
      ...known,
      objectives: compiled,
      results,
      standstills: [],
      generator,
      cpus: 2,
    })
    return {
      isPass: results.every(
        ({ verdict, isClose }) =>
          verdict === 'not in this run' || (verdict === 'PASS' && isClose !== true),
      ),
      causes,
    }
  } finally {
    await close()
  }
}
