// Pure. What runs of more and more replicas say together.
import { count } from '../core/format-measure.ts'
import { type Reason, reason } from '../reasons/reasons.ts'
import { EXIT_FAIL, EXIT_INVALID, EXIT_NO_DATA } from '../verdict/exit-code.ts'
import type { StepThroughput } from './read-throughput.ts'
import { efficiencyOf, type Estimate } from './throughput.ts'
import { type FittedLaw, fitLaw } from './universal-scalability.ts'

/** One number of replicas. Plain JSON. */
export interface MeasuredStep {
  replicas: number
  /** Folder of the run, within that of all. */
  run: string
  users: number
  throughput: StepThroughput
  /** Why the run does not count. */
  faults: string[]
}

export type ScalingStep = MeasuredStep & { efficiency?: Estimate }

export interface ScalingVerdict {
  verdict: 'PASS' | 'FAIL' | 'NO_DATA' | 'INVALID' | 'NO_OBJECTIVES'
  isClose: boolean
  reasons: Reason[]
  steps: ScalingStep[]
  law?: FittedLaw
}

/**
 * Users who only wait get nothing more done, so a step whose second half of users added more than this was not at its
 * most: then its throughput would say how many users there were.
 */
const GROWTH_MAX = 1.25

/** Above this part of failures the operations that are left may be the cheap ones. */
const FAILED_MAX = 0.01

/** A number of replicas that was planned and not measured. */
export interface MissingStep {
  replicas: number
  why: string
}

/**
 * Judges the steps, the fewest replicas first. `limit` is the least efficiency, 0 to 1.
 *
 * @param missing they make it INVALID: the steps that are there may be those that scale well
 */
export function judgeScaling(
  measured: readonly MeasuredStep[],
  limit: number | undefined,
  missing: readonly MissingStep[] = [],
): ScalingVerdict {
  const [fewest] = measured
  const base = fewest?.throughput.all
  const steps = measured.map((step): ScalingStep => {
    const { all } = step.throughput
    if (!all || !base) return step
    const { replicas } = step
    const from = { throughput: base, replicas: fewest.replicas }
    return { ...step, efficiency: efficiencyOf({ throughput: all, replicas }, from) }
  })
  const absent = missing.map((step) => reason('STEP_NOT_MEASURED', { ...step }))
  const invalid = [...steps.flatMap(invalidReasons), ...absent]
  const open = steps.flatMap(openReasons)
  const { missed, close } = limitReasons(steps, limit)
  const verdict = wordOf({ invalid, open, missed, isShort: steps.length < 2, limit })
  const points = steps.flatMap(({ replicas, throughput: { all } }) =>
    all ? [{ replicas, throughput: all }] : [],
  )
  const isSound = steps.flatMap(invalidReasons).length + open.length === 0
  const law = isSound ? fitLaw(points) : undefined
  const isClose = (verdict === 'PASS' || verdict === 'FAIL') && close.length > 0
  const reasons = [...invalid, ...open, ...missed, ...close]
  return { verdict, isClose, reasons, steps, ...(law && { law }) }
}

interface Found {
  invalid: readonly Reason[]
  open: readonly Reason[]
  missed: readonly Reason[]
  /** One number of replicas alone says nothing of how they scale. */
  isShort: boolean
  limit: number | undefined
}

function wordOf({ invalid, open, missed, isShort, limit }: Found): ScalingVerdict['verdict'] {
  if (invalid.length > 0) return 'INVALID'
  if (open.length > 0 || isShort) return 'NO_DATA'
  if (limit === undefined) return 'NO_OBJECTIVES'
  return missed.length > 0 ? 'FAIL' : 'PASS'
}

/** The exit code of a verdict. */
export function scalingExitCode({ verdict }: Pick<ScalingVerdict, 'verdict'>): number {
  const codes = { PASS: 0, NO_OBJECTIVES: 0, FAIL: EXIT_FAIL, NO_DATA: EXIT_NO_DATA }
  return verdict === 'INVALID' ? EXIT_INVALID : codes[verdict]
}

/** `93.4%` */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`
}

function invalidReasons({ replicas, faults, throughput }: ScalingStep): Reason[] {
  const [first] = faults
  const { failed } = throughput
  if (first !== undefined) return [reason('STEP_INVALID', { replicas, why: first })]
  if (failed <= FAILED_MAX) return []
  return [reason('STEP_INVALID', { replicas, why: `${percent(failed)} of its operations failed` })]
}

function openReasons({ replicas, users, throughput: { all, half } }: ScalingStep): Reason[] {
  if (!all || !half) return [reason('STEP_UNMEASURED', { replicas })]
  const growth = all.value / half.value
  if (growth <= GROWTH_MAX) return []
  return [reason('STEP_UNSATURATED', { replicas, users, growth: `${growth.toFixed(2)} times` })]
}

function limitReasons(steps: readonly ScalingStep[], limit: number | undefined) {
  const missed: Reason[] = []
  const close: Reason[] = []
  if (limit === undefined) return { missed, close }
  for (const { replicas, efficiency } of steps) {
    if (!efficiency) continue
    const { value, interval } = efficiency
    const data = { replicas, found: percent(value), wanted: percent(limit) }
    if (value < limit) missed.push(reason('EFFICIENCY_MISSED', data))
    if (interval.low < limit && limit <= interval.high) close.push(reason('EFFICIENCY_CLOSE', data))
  }
  // One that is clearly missed leaves nothing open.
  const clear = missed.some(
    ({ data }) => !close.some((each) => each.data['replicas'] === data['replicas']),
  )
  return { missed, close: clear ? [] : close }
}

/** `4 runs of 55 s`. */
export function describeSteps(steps: number, seconds: number): string {
  return `${count(steps, 'run')} of ${Math.round(seconds)} s`
}
