import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { aligned } from './aligned.ts'
import { forGrafana11 } from './grafana-11.ts'
import { heatmap } from './heatmap.ts'
import type { PlacedPanel } from './layout.ts'
import type { PanelSpec } from './spec.ts'
import { stat } from './stat.ts'
import { table } from './table.ts'
import { DATASOURCE } from './targets.ts'
import { timeSeries } from './time-series.ts'

/** A panel as Classic dashboards hold it. */
export function panel({ id, spec, place }: PlacedPanel): Panel {
  const builder = drawn(spec)
    .id(id)
    .gridPos(place)
    .datasource(DATASOURCE)
    .title(spec.title)
    .description(spec.description)
    .unit(spec.unit)
    .noValue(spec.noValue)
  if (spec.decimals !== undefined) builder.decimals(spec.decimals)
  return forGrafana11(builder.build())
}

function drawn(spec: PanelSpec) {
  switch (spec.kind) {
    case 'timeseries':
      return timeSeries(spec)
    case 'stat':
      return stat(spec)
    case 'table':
      return table(spec)
    case 'heatmap':
      return heatmap(spec)
    case 'aligned':
      return aligned(spec)
  }
}
