import * as load from '../queries/load.ts'
import { limitLine } from '../queries/objectives.ts'
import type { TimeSeriesSpec } from '../panels/spec.ts'

export const offeredAndAchieved: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Offered and achieved',
  description:
    'Iterations per second that the plan offers (only where it plans a rate), that k6 finished, and that it could not begin. Where achieved stays below offered, the load was not delivered.',
  unit: 'ops',
  noValue: 'No iteration in this time range',
  width: 12,
  min: 0,
  queries: [
    { expr: load.offeredRate, legend: 'Offered', colour: 'grey', dashed: true },
    { expr: load.iterationRate, legend: 'Achieved', colour: 'blue' },
    { expr: load.droppedRate, legend: 'Dropped', colour: 'vermillion' },
  ],
}

export const users: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Users',
  description:
    'Users that the plan offers (only where it plans users), users at work, and users that k6 has made. With a planned rate k6 takes as many users as the rate needs.',
  unit: 'short',
  noValue: 'No run in this time range',
  width: 12,
  min: 0,
  queries: [
    { expr: load.plannedUsers, legend: 'Planned', colour: 'grey', dashed: true },
    { expr: load.activeUsers, legend: 'At work', colour: 'blue' },
    { expr: load.createdUsers, legend: 'Made', colour: 'sky' },
  ],
}

export const requestRate: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Requests per second',
  description:
    'HTTP requests per second by endpoint, and the objective for all of them where there is one.',
  unit: 'reqps',
  noValue: 'No request in this time range',
  width: 12,
  min: 0,
  stacked: true,
  queries: [
    { expr: load.requestRateBy('name'), legend: '{{name}}' },
    {
      expr: limitLine('rate:http_reqs'),
      legend: 'SLA {{objective}}',
      colour: 'vermillion',
      dashed: true,
    },
  ],
}

export const dataRate: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Data in and out',
  description: 'Bytes per second that k6 received and sent, counted at the end of each iteration.',
  unit: 'Bps',
  noValue: 'No iteration in this time range',
  width: 12,
  min: 0,
  queries: [
    { expr: load.receivedRate, legend: 'Received', colour: 'blue' },
    { expr: load.sentRate, legend: 'Sent', colour: 'orange' },
  ],
}
