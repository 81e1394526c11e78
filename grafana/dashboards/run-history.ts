// Many runs: does it get better or worse from run to run, and where do two runs part?
import * as compared from '../queries/compared.ts'
import * as history from '../queries/history.ts'
import type { AlignedSpec, BoardSpec, TableSpec, TimeSeriesSpec } from '../panels/spec.ts'

const NO_RUNS = 'No judged run in this time range: widen it, and start runs with --prometheus'

const runs: TableSpec = {
  kind: 'table',
  title: 'Runs',
  description:
    'Every judged run of the time range; its id opens it. Values are exact, from the verdict. Lost pushes mean that its curves have holes.',
  unit: 'none',
  noValue: NO_RUNS,
  width: 24,
  height: 9,
  labels: { testid: 'Run', workload: 'Workload', run_scenario: 'Scenario', profile: 'Profile' },
  columns: [
    { expr: history.verdicts, legend: 'Verdict', unit: 'none', verdict: true },
    { expr: history.ends, legend: 'Ended', unit: 'dateTimeAsIso' },
    { expr: history.reached('latency:p95'), legend: 'p95', unit: 's' },
    { expr: history.reached('latency:p99'), legend: 'p99', unit: 's' },
    { expr: history.reached('error-ratio'), legend: 'Failed', unit: 'percentunit', decimals: 3 },
    { expr: history.reached('rate:http_reqs'), legend: 'Requests/s', unit: 'reqps' },
    { expr: history.lostPushes, legend: 'Lost pushes', unit: 'short' },
  ],
  sortBy: 'Ended',
  runLink: 'testid',
}

interface Trend {
  title: string
  indicator: string
  unit: string
}

const trend = ({ title, indicator, unit }: Trend): TimeSeriesSpec => ({
  kind: 'timeseries',
  title,
  description:
    'What the objectives of each judged run reached, a line for each objective of each scenario. One point is one run.',
  unit,
  noValue: NO_RUNS,
  width: 12,
  points: true,
  queries: [
    { expr: history.reachedOverTime(indicator), legend: '{{objective}} · {{run_scenario}}' },
  ],
})

const curves = (title: string, unit: string, expr: string): AlignedSpec => ({
  kind: 'aligned',
  title,
  description:
    'The chosen runs over the seconds since the start of each. Choose two or more runs, and the shortest time range that holds them all: a long one has fewer points.',
  unit,
  noValue: 'Choose two or more runs that the time range holds',
  width: 12,
  height: 9,
  expr,
})

export const runHistory: BoardSpec = {
  uid: 'k6v-run-history',
  title: 'k6-verdict / Run history and comparison',
  description: 'Does it get better or worse from run to run, and where do two runs part?',
  from: 'now-24h',
  allRuns: true,
  rows: [
    { title: 'Runs', panels: [runs] },
    {
      title: 'Objectives over runs',
      panels: [
        trend({ title: 'Times', indicator: 'latency:.*|recovery-time', unit: 's' }),
        trend({
          title: 'Shares',
          indicator: 'error-ratio|availability|delivered-load|share:.*|apdex.*|drift:.*',
          unit: 'percentunit',
        }),
        trend({ title: 'Rates', indicator: 'rate:.*|slo-capacity', unit: 'reqps' }),
      ],
    },
    {
      title: 'Comparison, aligned at the start',
      panels: [
        curves('p95', 's', compared.comparedPercentile(0.95)),
        curves('p99', 's', compared.comparedPercentile(0.99)),
        curves('Requests per second', 'reqps', compared.comparedRate),
        curves('Error ratio', 'percentunit', compared.comparedErrors),
        curves('Users at work', 'short', compared.comparedUsers),
        curves('Dropped iterations', 'ops', compared.comparedDrops),
      ],
    },
  ],
}
