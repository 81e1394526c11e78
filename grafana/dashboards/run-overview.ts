// What every run is looked at with first: is it good, was the load what was planned, and can k6 be trusted?
import * as errors from '../queries/errors.ts'
import * as load from '../queries/load.ts'
import * as objectives from '../queries/objectives.ts'
import { segments } from './segment-table.ts'
import type { BoardSpec, RowSpec } from '../panels/spec.ts'
import { byLabel } from './label-table.ts'
import { classicLatency } from './classic-latency.ts'
import { errorsByStatus, failuresByCode, errorRatioCurve } from './error-panels.ts'
import { generatorCpu, generatorMemory, scriptExceptions } from './generator-panels.ts'
import { latencyCurves, latencyHeatmap } from './latency-panels.ts'
import { operationPanels } from './operation-panels.ts'
import { dataRate, offeredAndAchieved, requestRate, users } from './load-panels.ts'

const verdict: RowSpec = {
  title: 'Verdict',
  panels: [
    {
      kind: 'stat',
      title: 'Verdict of the run',
      description:
        'Judged from every sample when the run is over, and then published. While the load runs there is none: look at the objectives below.',
      unit: 'none',
      noValue: 'Not judged yet',
      width: 6,
      height: 5,
      queries: [{ expr: objectives.runVerdicts, legend: '{{testid}}' }],
      verdict: true,
    },
    {
      kind: 'stat',
      title: 'Since the start',
      description: 'Seconds since the load began; of a run that is over, how long it was.',
      unit: 's',
      noValue: 'No run in this time range',
      width: 6,
      height: 5,
      decimals: 0,
      queries: [{ expr: load.elapsed, legend: '{{testid}}' }],
    },
    {
      kind: 'stat',
      title: 'Requests',
      description:
        'All requests of the chosen runs, from what their counters reached. Exact, also after the end.',
      unit: 'short',
      noValue: 'No request yet',
      width: 6,
      height: 5,
      queries: [{ expr: load.requestTotal, legend: 'Requests' }],
    },
    {
      kind: 'stat',
      title: 'Failed requests',
      description:
        'Share of all requests of the chosen runs that failed: an unexpected status or no answer.',
      unit: 'percentunit',
      noValue: 'No request yet',
      width: 6,
      height: 5,
      decimals: 3,
      queries: [{ expr: errors.errorRatioOfRun, legend: 'Failed' }],
    },
    {
      kind: 'table',
      title: 'Objectives',
      description:
        'The service levels of the SLA file: limits from the start, values and verdicts when the run is judged. Numbers are in the unit of their row: seconds, a ratio of 0 to 1, or per second.',
      unit: 'none',
      noValue: 'The run published no objectives: was it started with --prometheus?',
      width: 16,
      height: 9,
      labels: {
        testid: 'Run',
        objective: 'Objective',
        indicator: 'Indicator',
        comparison: 'Must be',
        unit: 'Unit',
        level: 'Level',
      },
      columns: [
        { expr: objectives.objectiveLimits, legend: 'Limit', unit: 'none' },
        { expr: objectives.objectiveValues, legend: 'Value', unit: 'none', decimals: 4 },
        { expr: objectives.objectiveVerdicts, legend: 'Verdict', unit: 'none', verdict: true },
      ],
      sortBy: 'Verdict',
    },
    {
      kind: 'table',
      title: 'Alerts',
      description:
        'Alerts of the runs in the time range, pending or firing. What each means and what to do is in docs/runbook.md.',
      unit: 'none',
      noValue: 'No alert, or Prometheus has not loaded the rules',
      width: 8,
      height: 9,
      labels: { alertname: 'Alert', severity: 'Severity', alertstate: 'State', testid: 'Run' },
      columns: [{ expr: objectives.alerts, legend: 'Raised', unit: 'bool_yes_no' }],
    },
  ],
}

export const runOverview: BoardSpec = {
  uid: 'k6v-run-overview',
  title: 'k6-verdict / Run overview',
  description:
    'Does the run meet its service levels, was the load what was planned, and can k6 be trusted?',
  from: 'now-15m',
  rows: [
    verdict,
    { title: 'Load', panels: [offeredAndAchieved, users, requestRate, dataRate] },
    { title: 'Latency', panels: [latencyCurves, latencyHeatmap] },
    { title: 'Errors', panels: [errorRatioCurve, errorsByStatus, failuresByCode] },
    { title: 'Operations', panels: operationPanels },
    {
      title: 'Where',
      panels: [
        byLabel({ label: 'name', title: 'Endpoints', noValue: 'No request yet' }),
        byLabel({ label: 'scenario', title: 'Scenarios', noValue: 'No request yet' }),
        byLabel({ label: 'region', title: 'Regions', noValue: 'This scenario has no regions' }),
        segments,
      ],
    },
    {
      title: 'Health of the load generator',
      panels: [generatorCpu, generatorMemory, scriptExceptions],
    },
    classicLatency,
  ],
}
