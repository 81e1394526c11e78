import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common'
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { COLOURS } from './colours.ts'
import type { StatSpec } from './spec.ts'
import { target } from './targets.ts'
import { VERDICT_WORDS } from './verdict-words.ts'

/** One big number for each query, or for each run of it. */
export function stat({ queries, curve, verdict }: StatSpec): PanelBuilder {
  const panel = new PanelBuilder()
    .graphMode(curve ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .colorMode(verdict ? BigValueColorMode.Background : BigValueColorMode.Value)
    .justifyMode(BigValueJustifyMode.Auto)
    .textMode(BigValueTextMode.Auto)
    .orientation(VizOrientation.Auto)
    .wideLayout(true)
    .showPercentChange(false)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor(COLOURS.blue))
  if (verdict) panel.mappings(VERDICT_WORDS)
  for (const [index, { expr, legend }] of queries.entries()) {
    panel.withTarget(target({ expr, legend, index, instant: !curve }))
  }
  return panel
}
