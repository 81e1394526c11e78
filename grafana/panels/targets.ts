import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'

/** The data source that the board's variable names. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const

/** The push interval, and with it $__rate_interval's measure whatever the data source's setting says. */
export const STEP = '5s'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Grafana's name of the nth query of a panel. */
export const refId = (index: number): string => LETTERS.charAt(index)

interface TargetSpec {
  expr: string
  legend?: string
  index: number
  format?: PromQueryFormat
  instant?: boolean
}

/** One query of a panel. */
export function target(spec: TargetSpec): DataqueryBuilder {
  const { expr, legend, index, format = PromQueryFormat.TimeSeries, instant = false } = spec
  const query = new DataqueryBuilder()
    .datasource(DATASOURCE)
    .expr(expr)
    .format(format)
    .refId(refId(index))
    .interval(STEP)
  if (legend !== undefined) query.legendFormat(legend)
  return instant ? query.instant() : query.range()
}
