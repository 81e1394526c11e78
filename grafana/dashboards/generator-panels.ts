import { exceptionRate } from '../queries/errors.ts'
import * as machines from '../queries/machines.ts'
import type { TimeSeriesSpec } from '../panels/spec.ts'

const NOT_PUBLISHED = 'The run published no health of k6: was it started with --prometheus?'

export const generatorCpu: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'CPU of the load generator',
  description:
    "k6's share of its machine and what others took of it. Above 80 % k6 measures its own waiting, and the verdict becomes INVALID.",
  unit: 'percentunit',
  noValue: NOT_PUBLISHED,
  width: 8,
  min: 0,
  max: 1,
  queries: [
    { expr: machines.generatorCpu, legend: 'k6', colour: 'blue' },
    { expr: machines.othersCpu, legend: 'others', colour: 'grey' },
  ],
}

export const generatorMemory: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Memory of the load generator',
  description: 'Bytes that k6 holds, and all that its machine has.',
  unit: 'bytes',
  noValue: NOT_PUBLISHED,
  width: 8,
  min: 0,
  queries: [
    { expr: machines.generatorMemory, legend: 'k6', colour: 'blue' },
    { expr: machines.machineMemory, legend: 'machine', colour: 'grey', dashed: true },
  ],
}

export const scriptExceptions: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Exceptions of the script',
  description: 'Per second. k6 only logs them and goes on; the verdict is then INVALID.',
  unit: 'ops',
  noValue: 'No iteration in this time range',
  width: 8,
  min: 0,
  queries: [{ expr: exceptionRate, legend: 'Exceptions', colour: 'vermillion' }],
}
