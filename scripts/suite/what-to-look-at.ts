// Pure. Where the answer to a missed objective lies, as far as the run itself tells.
import { count, formatMeasure, number } from '../core/format-measure.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import type { ReportFile } from '../report/html/report-file.ts'

const GUIDE = 'docs/optimization-guide.md leads from a symptom to its cause.'

/** One or two sentences: the endpoint, the phase and the kind of thing that an objective of its indicator points to. */
export function whatToLookAt(row: ObjectiveResult, file: ReportFile): string {
  const { indicator } = row
  if (/^(latency|apdex|statistic)/.test(indicator)) return `${slowest(row, file)} ${GUIDE}`
  if (/^(error-ratio|availability)/.test(indicator)) return failing(file)
  if (/^share of/.test(indicator)) return rejected(file)
  if (/^drift/.test(indicator)) {
    return `Look at what grows in the target over ${lengthOf(file)}: memory, tables, connections. ${GUIDE}`
  }
  if (/^recovery-time/.test(indicator)) {
    return `Look at what is still full${phaseText(row, file)}: queues, pools, retries of clients. ${GUIDE}`
  }
  if (/^(rate|slo-capacity|delivered-load)/.test(indicator)) {
    return `Look which resource of the target was full at ${rateOf(file)}. ${GUIDE}`
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
