// Processes: of the sandbox, and k6's on the same axes.
import * as machines from '../queries/machines.ts'
import * as sandbox from '../queries/sandbox.ts'
import type { TimeSeriesSpec } from '../panels/spec.ts'

const NO_SANDBOX = 'Prometheus scrapes no sandbox'

const half = { kind: 'timeseries', width: 12, min: 0 } as const
const third = { kind: 'timeseries', width: 8, min: 0 } as const

export const cpu: TimeSeriesSpec = {
  ...half,
  title: 'CPUs at work',
  description:
    "CPUs that the sandbox and k6 keep busy, and that k6's machine has. Node.js uses hardly more than one.",
  unit: 'short',
  noValue: NO_SANDBOX,
  queries: [
    { expr: sandbox.cpusUsed, legend: 'sandbox', colour: 'orange' },
    { expr: machines.generatorCpus, legend: 'k6', colour: 'blue' },
    { expr: machines.machineCpus, legend: "k6's machine", colour: 'grey', dashed: true },
  ],
}

export const memory: TimeSeriesSpec = {
  ...half,
  title: 'Memory',
  description:
    'Resident bytes of the sandbox and of k6, and the heap of the sandbox that is in use.',
  unit: 'bytes',
  noValue: NO_SANDBOX,
  queries: [
    { expr: sandbox.residentBytes, legend: 'sandbox', colour: 'orange' },
    { expr: sandbox.heapBytes, legend: "sandbox's heap", colour: 'yellow' },
    { expr: machines.generatorMemory, legend: 'k6', colour: 'blue' },
  ],
}

export const eventLoop: TimeSeriesSpec = {
  ...third,
  title: 'Event loop delay',
  description:
    'How long a ready callback waits for its turn. Every request waits as long, several times.',
  unit: 's',
  noValue: NO_SANDBOX,
  queries: [
    { expr: sandbox.eventLoopDelay('p50'), legend: 'p50', colour: 'sky' },
    { expr: sandbox.eventLoopDelay('p99'), legend: 'p99', colour: 'blue' },
    { expr: sandbox.eventLoopDelay('max'), legend: 'longest', colour: 'purple' },
  ],
}

export const collecting: TimeSeriesSpec = {
  ...third,
  title: 'Garbage collection',
  description: 'Share of the time in which the sandbox collects garbage, by kind of collection.',
  unit: 'percentunit',
  noValue: NO_SANDBOX,
  queries: [{ expr: sandbox.collecting, legend: '{{kind}}' }],
}

export const files: TimeSeriesSpec = {
  ...third,
  title: 'Open files',
  description: 'File descriptors, most of them connections.',
  unit: 'short',
  noValue: NO_SANDBOX,
  queries: [{ expr: sandbox.openFiles, legend: 'sandbox', colour: 'orange' }],
}
