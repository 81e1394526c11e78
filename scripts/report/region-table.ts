import { number } from '../core/format-measure.ts'
import type { EndpointRow } from '../verdict/tables/endpoint-table.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import type { ReportFile } from './html/report-file.ts'
import type { Marked } from './html/state-mark.ts'
import { measuredText, measureText } from './objective-text.ts'

/** One region: what was requested there, and what each objective says of it alone. */
export interface RegionRow {
  /** Region, requests, rate, p50, p95, p99, errors. */
  cells: string[]
  objectives: { text: string; judgement: Marked }[]
}

export interface RegionTable {
  head: string[]
  rows: RegionRow[]
}

const HEAD = ['Region', 'Requests', 'Rate', 'p50', 'p95', 'p99', 'Errors']

/** The regions of a run side by side; undefined where it has none or only one. */
export function regionTable({ series, objectives, run }: ReportFile): RegionTable | undefined {
  const measured = series?.breakdowns.find(({ tag }) => tag === 'region')?.rows ?? []
  const byRegion = new Map(measured.map((row) => [row.endpoint, row]))
  const regions = [...new Set([...(run.plan?.regions ?? []), ...byRegion.keys()])]
  const judged = (id: string, region: string): ObjectiveResult | undefined =>
    objectives.find((each) => each.id === `${id} [${region}]`)
  // An objective with `each: region` is one for every region, with the same id before its name.
  const ids = regions.flatMap((region) => {
    const own = objectives.filter(({ id }) => id.endsWith(` [${region}]`))
    return own.map(({ id }) => id.slice(0, -` [${region}]`.length))
  })
  const each = [...new Set(ids)]
  if (regions.length < 2 || (measured.length === 0 && each.length === 0)) return undefined
  const limits = each.map((id) => {
    const [any] = regions.flatMap((region) => judged(id, region) ?? [])
    return `${id} ${any?.limit ?? ''}`
  })
  const rows = regions.map((region) => ({
    cells: cellsOf(region, byRegion.get(region)),
    objectives: each.map((id) => {
      const row = judged(id, region)
      return { text: row ? measuredText(row) : '-', judgement: row ?? { verdict: 'NO_DATA' } }
    }),
  }))
  return { head: [...HEAD, ...limits], rows }
}

function cellsOf(region: string, row: EndpointRow | undefined): string[] {
  if (!row) return [region, '-', '-', '-', '-', '-', '-']
  const share = row.errorRatio === undefined ? '' : ` (${measureText(row.errorRatio, 'ratio')})`
  return [
    region,
    number(row.count),
    measureText(row.ratePerSecond, '/s'),
    ...[row.p50Ms, row.p95Ms, row.p99Ms].map((ms) => measureText(ms, 'ms')),
    `${row.errors}${share}`,
  ]
}
