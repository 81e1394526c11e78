import type { IndicatorRecord } from './indicator-record.ts'
import {
  type Indicator,
  SERVER_COMBINATIONS,
  SERVER_STATISTICS,
  type ServerMeasure,
} from './indicator.ts'
import { measureServer } from './from-server/measure-server.ts'
import { selectorText, serverUnit } from './from-server/server-value.ts'
import { SERVER_TIMES } from './from-server/server-details.ts'

/** A statistic of a metric that the target itself exposes. */
export const server: IndicatorRecord<'server'> = {
  schema: {
    required: ['server', 'statistic'],
    fields: {
      server: {
        type: 'string',
        pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$',
        description:
          "A metric of the target's own /metrics. Its name says the unit of the limit: B for _bytes, ms for _seconds, % for _ratio and for the rate of _seconds (a share of one core), else /s for a rate, total for a counter, units.",
        examples: ['process_resident_memory_bytes', 'process_cpu_seconds_total'],
      },
      statistic: {
        enum: SERVER_STATISTICS,
        description:
          'max, min, mean or last of the values; growth from the first to the last; rate of a counter per second; max-rate, the highest in 5 s.',
      },
      labels: {
        type: 'object',
        minProperties: 1,
        additionalProperties: { type: 'string' },
        description: 'Only series with these labels.',
      },
      combine: {
        enum: SERVER_COMBINATIONS,
        default: 'sum',
        description: 'How several series of the metric become one value.',
      },
      when: {
        enum: SERVER_TIMES,
        default: 'load',
        description: 'During the load (default), or idle: in the seconds before it.',
      },
    },
  },
  read: (_, fields) => ({ kind: 'server', ...(fields as unknown as ServerMeasure) }),
  write,
  text: write,
  limitRule: (indicator) => ({ unit: serverUnit(indicator).unit, better: 'either' }),
  samplesNeeded: () => 1,
  metricTypes: undefined,
  isProportion: false,
  needsInterval: false,
  hasWindows: false,
  inSteps: undefined,
  // Every machine sees what the whole load does to the target.
  inPartOfLoad: true,
  ofOperations: false,
  k6Check: undefined,
  measure: measureServer,
  subject: undefined,
  live: undefined,
  fromSeries: undefined,
  alert: undefined,
}

// `max of nodejs_heap_space_size_used_bytes{space="old"}`
function write(indicator: Indicator<'server'>): string {
  const { statistic, when } = indicator
  return `${statistic} of ${selectorText(indicator)}${when === 'idle' ? ' while idle' : ''}`
}
