import {
  AxisPlacement,
  HeatmapCellLayout,
  TooltipDisplayMode,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common'
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapColorScale,
  HeatmapTooltipBuilder,
  PanelBuilder,
  RowsHeatmapOptionsBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { COLOURS, HEAT } from './colours.ts'
import type { HeatmapSpec } from './spec.ts'
import { target } from './targets.ts'

/** Cells of a native histogram: Grafana draws its buckets as they come, on their own log scale. */
export function heatmap({ queries: [query], unit }: HeatmapSpec): PanelBuilder {
  const { expr, legend } = query
  return new PanelBuilder()
    .calculate(false)
    .cellGap(1)
    .showValue(VisibilityMode.Never)
    .color(
      new HeatmapColorOptionsBuilder()
        .mode(HeatmapColorMode.Scheme)
        .scheme(HEAT)
        .scale(HeatmapColorScale.Exponential)
        .exponent(0.5)
        .fill('dark-orange')
        .steps(64)
        .reverse(false),
    )
    .yAxis(new YAxisConfigBuilder().unit(unit).axisPlacement(AxisPlacement.Left))
    .rowsFrame(new RowsHeatmapOptionsBuilder().layout(HeatmapCellLayout.Auto).value('Requests/s'))
    .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).yHistogram(true))
    .exemplarsColor(COLOURS.purple)
    .showLegend()
    .withTarget(target({ expr, legend, index: 0, format: PromQueryFormat.Heatmap }))
}
