import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/trend'
import { alignedElapsed, whileLoaded } from '../queries/history.ts'
import type { AlignedSpec } from './spec.ts'
import { target } from './targets.ts'
import { byValue, LEGEND, TOOLTIP } from './time-series.ts'

/** The name that Grafana gives to the rows of a matrix: row field, backslash, column field. */
const ELAPSED = 'Value #A\\testid'

/** Enough for 5 s steps over half a day, so that runs of one day keep their details. */
const POINTS_MAX = 10_000

/**
 * Curves of several runs on one x axis, the seconds since each run's start. Prometheus cannot shift each
 * series by its own offset, so a table of (run, elapsed, value) is turned into one column for each run.
 */
export function aligned({ expr }: AlignedSpec): PanelBuilder {
  return new PanelBuilder()
    .maxDataPoints(POINTS_MAX)
    .withTarget(
      target({ expr: alignedElapsed, legend: '', index: 0, format: PromQueryFormat.Table }),
    )
    .withTarget(
      target({ expr: whileLoaded(expr), legend: '', index: 1, format: PromQueryFormat.Table }),
    )
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'groupingToMatrix',
      options: {
        columnField: 'testid',
        rowField: 'Value #A',
        valueField: 'Value #B',
        emptyValue: 'null',
      },
    })
    .withTransformation({
      id: 'convertFieldType',
      options: { fields: {}, conversions: [{ targetField: ELAPSED, destinationType: 'number' }] },
    })
    .withTransformation({
      id: 'sortBy',
      options: { fields: {}, sort: [{ field: ELAPSED, desc: false }] },
    })
    .withTransformation({
      id: 'organize',
      options: { excludeByName: {}, indexByName: {}, renameByName: { [ELAPSED]: 'Since start' } },
    })
    .xField('Since start')
    .overrideByName('Since start', [{ id: 'unit', value: 's' }])
    .lineWidth(2)
    .fillOpacity(0)
    .showPoints(VisibilityMode.Never)
    .spanNulls(true)
    .colorScheme(byValue())
    .legend(LEGEND)
    .tooltip(TOOLTIP)
}
