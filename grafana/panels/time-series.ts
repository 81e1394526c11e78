import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  LineStyleBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type DynamicConfigValue,
  FieldColorBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { BY_VALUE, COLOURS } from './colours.ts'
import type { QuerySpec, TimeSeriesSpec } from './spec.ts'
import { refId, target } from './targets.ts'

/** Curves over time. A limit or a plan is dashed, so that it reads without colours too. */
export function timeSeries(spec: TimeSeriesSpec): PanelBuilder {
  const panel = new PanelBuilder()
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(2)
    .fillOpacity(spec.stacked ? 40 : 0)
    .showPoints(spec.points ? VisibilityMode.Always : VisibilityMode.Never)
    .pointSize(spec.points ? 8 : 5)
    .spanNulls(spec.points ?? false)
    .colorScheme(byValue())
    .legend(LEGEND)
    .tooltip(TOOLTIP)
  if (spec.min !== undefined) panel.min(spec.min)
  if (spec.max !== undefined) panel.max(spec.max)
  if (spec.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
  for (const [index, query] of spec.queries.entries()) {
    panel.withTarget(target({ expr: query.expr, legend: query.legend, index }))
    const looks = looksOf(query)
    if (looks.length > 0) panel.overrideByQuery(refId(index), looks)
  }
  return panel
}

export const LEGEND = new VizLegendOptionsBuilder()
  .showLegend(true)
  .displayMode(LegendDisplayMode.List)
  .placement(LegendPlacement.Bottom)

export const TOOLTIP = new VizTooltipOptionsBuilder()
  .mode(TooltipDisplayMode.Multi)
  .sort(SortOrder.Descending)

export const byValue = (): FieldColorBuilder => new FieldColorBuilder().mode(BY_VALUE)

function looksOf({ colour, dashed }: QuerySpec): DynamicConfigValue[] {
  const looks: DynamicConfigValue[] = []
  if (colour) looks.push({ id: 'color', value: { mode: 'fixed', fixedColor: COLOURS[colour] } })
  if (dashed) {
    const style = new LineStyleBuilder().fill('dash').dash([8, 8]).build()
    looks.push({ id: 'custom.lineStyle', value: style })
    // A limit is not a part of the whole.
    looks.push({ id: 'custom.stacking', value: { mode: 'none', group: 'A' } })
    looks.push({ id: 'custom.fillOpacity', value: 0 })
  }
  return looks
}
