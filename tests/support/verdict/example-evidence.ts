// Evidence of a sound run, for the tests of the pure part of the verdict: 100 s, 10,000 iterations, 100 VUs.
import type { RunPlan } from '../../../lib/plan.ts'
import { compileAll, createPlan } from '../sla/example.ts'
import type { Evidence } from '../../../scripts/verdict/evidence.ts'
import { createFacts } from './example-facts.ts'
import { START_MS } from './example-recording.ts'
import { type DeliveryInput, loadDelivered } from '../../../scripts/verdict/rules/load-delivered.ts'
import { judge, type RunVerdict } from '../../../scripts/verdict/judge.ts'
import type { Measurement } from '../../../scripts/indicators/from-samples/measurement.ts'
import type { RunFacts } from '../../../scripts/verdict/facts/run-facts.ts'
import { timelineOf } from '../../../scripts/indicators/timeline.ts'
import { verdictText } from '../../../scripts/verdict/verdict.ts'

export interface EvidenceChanges extends Partial<Omit<Evidence, 'facts' | 'plan' | 'delivery'>> {
  plan?: Partial<RunPlan>
  facts?: Partial<RunFacts>
  load?: Pick<DeliveryInput, 'interruptedIterations' | 'stoppedByUser' | 'share'>
}

export function createEvidence(changes: EvidenceChanges = {}): Evidence {
  const { plan: planChanges, facts: factChanges, load, ...rest } = changes
  const plan = createPlan(planChanges)
  const facts = createFacts(factChanges)
  return {
    plan,
    facts,
    timeline: timelineOf(plan.phases, START_MS),
    measurements: new Map(),
    machineBusy: new Map(),
    delivery: loadDelivered({ facts, plan, ...load }),
    ends: [{ exitCode: 0 }],
    sampleFaults: [],
    instanceFaults: [],
    generatorFaults: [],
    doubts: [],
    crossedThresholds: [],
    standstills: [],
    neverCalled: { operations: [], endpoints: [] },
    logIns: { requests: 100, unanswered: 0, statuses: '' },
    failures: { requests: 10_000, failed: 0, statuses: '' },
    checks: { checks: 0, rejected: 0, reasons: '' },
    ...rest,
  }
}

/** Of one objective, in the order of the SLA file. */
export type Measured = Partial<Measurement> & { raw?: Record<string, unknown> }

/** A value far from its limit `p95 < 200ms`. */
export const GOOD: Measured = { value: 100, interval: { low: 90, high: 110 } }
export const MISSED: Measured = { value: 300, interval: { low: 290, high: 310 } }
export const NEAR: Measured = { value: 195, interval: { low: 190, high: 205 } }
export const JUST_MISSED: Measured = { value: 205, interval: { low: 195, high: 215 } }
export const FEW: Measured = { value: 100, samples: 20 }

/** Judges a run by what was measured of each objective, `latency p95 < 200ms` unless `raw` says another. */
export function judgeMeasured(
  measured: readonly Measured[],
  changes: EvidenceChanges = {},
): RunVerdict {
  const raws = measured.map(({ raw }) => ({
    indicator: { latency: 'p95' },
    limit: '< 200ms',
    ...raw,
  }))
  const objectives = compileAll(raws, createPlan(changes.plan))
  const measurements = new Map<string, Measurement>()
  objectives.forEach(({ id, absence }, index) => {
    const { samples = 10_000, sql = '', ...rest } = measured[index] ?? {}
    if (absence === undefined) measurements.set(id, { samples, sql, ...rest })
  })
  return judge(createEvidence({ measurements, ...changes }), objectives)
}

/** `FAIL (close): LIMIT_MISSED ...` */
export function told(run: RunVerdict): string {
  return [`${verdictText(run)}:`, ...run.reasons.map(({ code }) => code)].join(' ')
}

/** A target that stands still to the end of the load. */
export const HANG = { atSeconds: 60, seconds: 30, phase: 'hold', reachesEnd: true }

/** The objective that ended a run. */
export const STOP = { id: 'errors', reason: 'error-ratio 80% over the last 10 s' }

/** A run and what `told` says of it. */
export interface JudgeCase {
  title: string
  measured?: Measured[]
  evidence?: EvidenceChanges
  is: string
}
