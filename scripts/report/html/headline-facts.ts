import { count, formatMeasure, number } from '../../core/format-measure.ts'
import { latency, lengthOf, share } from './format-text.ts'
import { trafficWords } from '../../verdict/verdict-file.ts'
import type { ReportFile } from './report-file.ts'

/** A number of the first screen. */
export interface Fact {
  name: string
  value: string
  more?: string | undefined
}

/** The few numbers that tell one run from another. */
export function headlineFacts(file: ReportFile): Fact[] {
  const { delivery, objectives, verdict } = file
  const judged = objectives.filter((row) => row.verdict !== 'not in this run')
  const held = judged.filter((row) => row.verdict === 'PASS').length
  const { elapsedSeconds, usersReached } = delivery
  return [
    {
      name: 'Objectives held',
      value: `${held} of ${judged.length}`,
      more: verdict === 'INVALID' ? 'none of it counts' : undefined,
    },
    ...foundFacts(file),
    { name: 'Duration', value: lengthOf(elapsedSeconds) },
    ...(usersReached === undefined
      ? []
      : [{ name: 'Users', value: number(usersReached), more: 'at once' }]),
    ...requestFacts(file),
  ]
}

const FOUND: Record<string, string> = {
  'slo-capacity': 'SLO capacity',
  'recovery-time': 'Longest recovery',
}

/** What the run was made to find out. */
function foundFacts({ objectives }: ReportFile): Fact[] {
  return objectives.flatMap(({ indicator, measured, unit }) => {
    const name = FOUND[indicator]
    if (name === undefined || measured === undefined) return []
    const text = unit === 'ms' ? lengthOf(measured / 1_000) : formatMeasure(measured, unit)
    return [{ name, value: text }]
  })
}

function requestFacts(file: ReportFile): Fact[] {
  const { endpoints, series, source } = file
  const { one, counts } = trafficWords(file)
  if (source && endpoints.length === 0) return []
  const requests = endpoints.reduce((sum, row) => sum + row.count, 0)
  const errors = endpoints.reduce((sum, row) => sum + row.errors, 0)
  const rates = series?.timeline.requestsPerSecond ?? []
  const peak = rates.reduce((most, each) => Math.max(most, each), 0)
  const at = (wanted: number): number | undefined =>
    series?.percentiles.find(({ percentile }) => percentile === wanted)?.ms
  const p95 = at(95)
  const most = peak > 0 ? `up to ${formatMeasure(peak, '/s')}` : undefined
  return [
    { name: counts, value: number(requests), more: most },
    ...(p95 === undefined
      ? []
      : [{ name: 'p95', value: latency(p95), more: `p99 ${latency(at(99))}` }]),
    {
      name: `Failed ${one}s`,
      value: requests === 0 ? 'none sent' : share(errors / requests),
      more: errors > 0 ? count(errors, one) : undefined,
    },
    ...rejectedFacts(file),
  ]
}

// A request that was answered may have the wrong answer, such as the error of a tool: it is no failed request.
function rejectedFacts({ series }: ReportFile): Fact[] {
  const answers = (series?.rejections ?? []).reduce((sum, row) => sum + row.answers, 0)
  return answers === 0 ? [] : [{ name: 'Answers not as expected', value: number(answers) }]
}
