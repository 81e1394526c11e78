// What the load means to users and to who pays: satisfaction, promises kept, money, who asks for what.
import * as business from '../queries/business.ts'
import { limitLine } from '../queries/objectives.ts'
import type { BoardSpec, TimeSeriesSpec } from '../panels/spec.ts'
import { bySegment, byTechnique, operations, techniques } from './demand-panels.ts'
import { apdexNow, budget, compliance, cost } from './glance-panels.ts'
import { segments } from './segment-table.ts'

const NO_COST = 'This workload does not tell its cost (cost_usd)'

const half = { kind: 'timeseries', width: 12 } as const

const apdexCurve: TimeSeriesSpec = {
  ...half,
  title: 'User satisfaction over time',
  description:
    'Apdex of the last pushes, and the satisfied share of the feedback that the sandbox received.',
  unit: 'none',
  noValue: 'Needs native histograms and a latency objective',
  min: 0,
  max: 1,
  queries: [
    { expr: business.apdex, legend: 'Apdex', colour: 'blue' },
    { expr: business.satisfiedFeedback, legend: 'Feedback', colour: 'orange' },
    {
      expr: limitLine('apdex.*'),
      legend: 'SLA {{objective}}',
      colour: 'vermillion',
      dashed: true,
    },
  ],
}

const burn: TimeSeriesSpec = {
  ...half,
  title: 'Burn rate of the error budget',
  description:
    'How many times faster than allowed requests fail. At 1 the budget lasts exactly as long as the run.',
  unit: 'none',
  noValue: 'Needs an objective for error-ratio or availability',
  min: 0,
  queries: [{ expr: business.burnRate, legend: 'Burn rate', colour: 'vermillion' }],
}

const costCurve: TimeSeriesSpec = {
  ...half,
  title: 'Cost per request over time',
  description:
    'As k6 read it in the answers, and as the sandbox counts it. The cache makes it fall.',
  unit: 'currencyUSD',
  noValue: NO_COST,
  min: 0,
  queries: [
    { expr: business.costPerRequest, legend: 'k6', colour: 'blue' },
    { expr: business.sandboxCostPerPrompt, legend: 'sandbox', colour: 'orange' },
  ],
}

const spending: TimeSeriesSpec = {
  ...half,
  title: 'Cost of the load',
  description: 'US dollars per second that the answers of the last pushes cost.',
  unit: 'currencyUSD',
  noValue: NO_COST,
  min: 0,
  queries: [{ expr: business.spending, legend: 'Per second', colour: 'blue' }],
}

export const businessKpis: BoardSpec = {
  uid: 'k6v-business-kpis',
  title: 'k6-verdict / Business KPIs',
  description: 'Are users satisfied, are promises kept, and what does a request cost?',
  from: 'now-15m',
  rows: [
    { title: 'At a glance', panels: [apdexNow, compliance, budget, cost] },
    { title: 'Satisfaction and promises', panels: [apdexCurve, burn] },
    { title: 'Cost', panels: [costCurve, spending] },
    {
      title: 'Who asks for what',
      panels: [byTechnique, bySegment, techniques, { ...segments, width: 8 }, operations],
    },
  ],
}
