// Pure. What to look at when an objective was missed, could not be judged, or was nearly missed.
import { count, formatMeasure, number } from '../core/format-measure.ts'
import { plannedIterations } from '../plan/scenario-load.ts'
import { usedRatio } from '../report/html/limit-use.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import type { ReportFile } from '../report/html/report-file.ts'
import type { Recommendation, RunCircumstances } from './recommend.ts'
import { lessLoad } from './recommend-generator.ts'

/** Each required objective that was missed: by how much, where and when, and what to look at. */
export function missedAdvice(file: ReportFile, circumstances: RunCircumstances): Recommendation[] {
  return required(file)
    .filter(({ verdict }) => verdict === 'FAIL')
    .map((row) => ({
      code: 'OBJECTIVE_MISSED',
      figure: missedFigure(row, file),
      advice: isOfMachine(row, file) ? lessLoad(file, circumstances) : whatToLookAt(row, file),
    }))
}

// Then the target itself may be fast enough.
function isOfMachine({ id }: ObjectiveResult, { causes = [], reasons }: ReportFile): boolean {
  const cause = causes.find(({ data }) => data.objectiveId === id)
  return cause?.code === 'WHY_CPU_TAKEN' || reasons.some(({ code }) => code === 'MACHINE_BUSY')
}

/** `latency-p95: 218 ms, expected < 200ms (109% of the limit)`, with the cause in its place where one is known. */
function missedFigure(row: ObjectiveResult, { causes = [] }: ReportFile): string {
  const own = causes.find(({ data }) => data.objectiveId === row.id)
  const first = causes.find(({ data }) =>
    data.alsoMissed.some((each) => each.objectiveId === row.id),
  )
  const used = usedRatio(row)
  const share =
    used === undefined || !Number.isFinite(used) ? '' : ` (${percent(used)} of the limit)`
  if (own) return `${own.text}${share}`
  const missed = `${row.id}: ${row.reason?.text ?? `expected ${row.limit}`}${share}`
  return first ? `${missed}; see ${first.data.objectiveId} for the cause` : missed
}

/** Each required objective with too few samples: how much longer the run has to be. */
export function tooFewAdvice(file: ReportFile): Recommendation[] {
  return required(file).flatMap(({ id, reason }): Recommendation[] => {
    const { samples, needed } = (reason?.data ?? {}) as { samples?: number; needed?: number }
    if (reason?.code !== 'TOO_FEW_SAMPLES' || !samples || !needed) return []
    return [
      {
        code: 'TOO_FEW_SAMPLES',
        figure: `${id}: ${reason.text}`,
        advice: longer(needed / samples, file),
      },
    ]
  })
}

// A little more than needed: the next run will not send exactly as many requests.
const SPARE = 1.2

function longer(factor: number, { delivery, run }: ReportFile): string {
  const times = Math.ceil(factor * SPARE * 10) / 10
  const iterations = run.plan && plannedIterations(run.plan)
  if (iterations !== undefined) {
    const all = number(Math.ceil(iterations * times))
    return `Make ${times} times as many iterations, ${all} in all, or add users.`
  }
  const seconds = Math.ceil(delivery.elapsedSeconds * times)
  const { timeScale } = run.settings
  const scaled = Number((timeScale * times).toPrecision(2))
  const scale = timeScale < 1 ? `, or set timeScale to ${scaled} instead of ${timeScale}` : ''
  return `Run it ${times} times as long, about ${number(seconds)} s in all (duration)${scale}, or add as many more users.`
}

/** From this share of its limit on an objective has little room left. */
const LITTLE_ROOM_FROM = 0.9

/** Each required objective that is met, but not by much. */
export function closeAdvice(file: ReportFile): Recommendation[] {
  return required(file)
    .filter(({ verdict }) => verdict === 'PASS')
    .flatMap((row) => closeOf(row, file))
}

function closeOf(row: ObjectiveResult, file: ReportFile): Recommendation[] {
  const { id, limit, measured, reason, unit } = row
  if (reason?.code === 'CLOSE_TO_LIMIT') {
    const advice = `Run it longer for a narrower interval. ${whatToLookAt(row, file)}`
    return [{ code: 'CLOSE_TO_LIMIT', figure: `${id}: ${reason.text}`, advice }]
  }
  if (reason?.code === 'NO_FAILURE_SEEN') {
    const advice = 'Make the run that long, or give the objective a limit that fits a short run.'
    return [{ code: 'TOO_FEW_SAMPLES', figure: `${id}: ${reason.text}`, advice }]
  }
  // A threshold such as == 0 has no margin.
  const used = /^[<>]/.test(limit) ? usedRatio(row) : undefined
  if (used === undefined || measured === undefined || used < LITTLE_ROOM_FROM || used > 1) return []
  const figure = `${id}: ${formatMeasure(measured, unit)} is ${percent(used)} of what ${limit} allows`
  return [{ code: 'LITTLE_ROOM', figure, advice: whatToLookAt(row, file) }]
}

function required({ objectives }: ReportFile): ObjectiveResult[] {
  return objectives.filter(({ level }) => level === 'required')
}

function percent(ratio: number): string {
  return ratio > 9.995 ? 'over 999%' : `${Math.round(ratio * 100)}%`
}

const GUIDE = 'docs/optimization-guide.md leads from a symptom to its cause.'

/** One or two sentences: the endpoint, the phase and the kind of thing that an objective of its indicator points to. */
export function whatToLookAt(row: ObjectiveResult, file: ReportFile): string {
  const { indicator } = row
  if (/^(latency|apdex|statistic)/.test(indicator)) return `${slowest(row, file)} ${GUIDE}`
  if (/^(error-ratio|availability)/.test(indicator)) return failing(file)
  if (/^share of/.test(indicator)) return rejected(file)
  if (/^drift/.test(indicator)) {
    return `Look for what grows in the target over ${lengthOf(file)}: memory, tables, connections. ${GUIDE}`
  }
  if (/^recovery-time/.test(indicator)) {
    return `Look for what is still full${phaseText(row, file)}: queues, pools, client retries. ${GUIDE}`
  }
  if (/^(rate|slo-capacity|delivered-load)/.test(indicator)) {
    return `Find the resource of the target that was exhausted at ${rateOf(file)}. ${GUIDE}`
  }
  return `Look at the run's report${phaseText(row, file)}. ${GUIDE}`
}

function slowest(row: ObjectiveResult, file: ReportFile): string {
  const rows = file.endpoints.filter(({ p95Ms }) => typeof p95Ms === 'number')
  const [worst] = rows.sort((one, other) => (other.p95Ms ?? 0) - (one.p95Ms ?? 0))
  if (worst?.p95Ms === undefined) return `Look at the slowest requests${phaseText(row, file)}.`
  const p95 = formatMeasure(worst.p95Ms, 'ms')
  const share = `p95 ${p95} over ${count(worst.count, 'request')}`
  return `Look at ${worst.endpoint} first, the slowest (${share})${phaseText(row, file)}.`
}

function failing({ series, endpoints }: ReportFile): string {
  const groups = [...(series?.errors ?? [])].sort((one, other) => other.requests - one.requests)
  const [most] = groups
  if (most) {
    const what =
      most.status === '0' ? `error ${most.errorCode ?? 'unknown'} of k6` : `status ${most.status}`
    return `Look at ${most.endpoint} in the target's log: ${count(most.requests, 'request')} ended with ${what}.`
  }
  const [worst] = [...endpoints].sort((one, other) => other.errors - one.errors)
  if (!worst || worst.errors === 0) return 'Run it longer: no request has failed in this one.'
  return `Look at ${worst.endpoint} in the target's log: ${number(worst.errors)} of ${count(worst.count, 'request')} failed.`
}

function rejected({ series }: ReportFile): string {
  const groups = [...(series?.rejections ?? [])].sort((one, other) => other.answers - one.answers)
  const [most] = groups
  if (!most) return `Look at the answers in the run's report. ${GUIDE}`
  return `Look at ${most.endpoint}: ${count(most.answers, 'answer')} were rejected, "${most.reason}".`
}

/** ` in spike-2`, by the cause of the objective or by the first window that misses it. */
function phaseText(row: ObjectiveResult, { causes = [] }: ReportFile): string {
  const when = causes.find(({ data }) => data.objectiveId === row.id)?.data.when ?? []
  const phases = [...new Set(when.map(({ phase }) => phase))]
  return phases.length === 0 ? '' : ` in ${phases.join(', ')}`
}

function lengthOf({ delivery }: ReportFile): string {
  return `${Math.round(delivery.elapsedSeconds)} s`
}

function rateOf({ endpoints }: ReportFile): string {
  const rate = endpoints.reduce((total, { ratePerSecond }) => total + ratePerSecond, 0)
  return formatMeasure(rate, '/s')
}
