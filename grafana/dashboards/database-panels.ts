// What the sandbox waits for: connections, queries, the model; and what the cache spares.
import * as sandbox from '../queries/sandbox.ts'
import type { TimeSeriesSpec } from '../panels/spec.ts'

const NO_SANDBOX = 'Prometheus scrapes no sandbox'

const half = { kind: 'timeseries', width: 12, min: 0 } as const
const third = { kind: 'timeseries', width: 8, min: 0 } as const

export const pool: TimeSeriesSpec = {
  ...third,
  title: 'Database connections',
  description:
    'Held, at most, and callers that wait for one. Waiting callers at a full pool are the bottleneck.',
  unit: 'short',
  noValue: NO_SANDBOX,
  queries: [
    { expr: sandbox.poolInUse, legend: 'Held', colour: 'blue' },
    { expr: sandbox.poolWaiting, legend: 'Waiting', colour: 'orange' },
    { expr: sandbox.poolMax, legend: 'At most', colour: 'vermillion', dashed: true },
  ],
}

export const poolWait: TimeSeriesSpec = {
  ...third,
  title: 'Waits p95',
  description:
    'Time that callers wait for a database connection, and that prompts wait for the model.',
  unit: 's',
  noValue: NO_SANDBOX,
  queries: [
    { expr: sandbox.poolWait, legend: 'Connection', colour: 'blue' },
    { expr: sandbox.modelWait, legend: 'Model', colour: 'orange' },
  ],
}

export const queries: TimeSeriesSpec = {
  ...third,
  title: 'Query time p95',
  description: 'Time of a database query with its connection held, by operation.',
  unit: 's',
  noValue: NO_SANDBOX,
  queries: [{ expr: sandbox.queryTimes, legend: '{{operation}}' }],
}

export const cache: TimeSeriesSpec = {
  ...half,
  title: 'Cache hit rate',
  description:
    'Share of prompts answered from the cache. A cold cache makes the first minutes slow.',
  unit: 'percentunit',
  noValue: NO_SANDBOX,
  max: 1,
  queries: [{ expr: sandbox.cacheHits, legend: 'Hits', colour: 'green' }],
}

export const model: TimeSeriesSpec = {
  ...half,
  title: 'Model calls',
  description: 'Running, and waiting for their turn.',
  unit: 'short',
  noValue: NO_SANDBOX,
  queries: [
    { expr: sandbox.modelRunning, legend: 'Running', colour: 'blue' },
    { expr: sandbox.modelQueue, legend: 'Waiting', colour: 'orange' },
  ],
}
