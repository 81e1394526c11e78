import * as business from '../queries/business.ts'
import { compliance as objectivesMet } from '../queries/objectives.ts'
import type { StatSpec } from '../panels/spec.ts'

const number = { kind: 'stat', width: 6, height: 5 } as const

export const apdexNow: StatSpec = {
  ...number,
  title: 'User satisfaction (apdex)',
  description:
    'Satisfied up to T, half satisfied up to 4 T, failures frustrated. T is the limit of the apdex objective, else of the p95 of the SLA file.',
  unit: 'none',
  noValue: 'Needs native histograms and a latency objective',
  decimals: 3,
  queries: [{ expr: business.apdex, legend: 'Apdex' }],
  curve: true,
}

export const compliance: StatSpec = {
  ...number,
  title: 'SLA compliance',
  description: 'Share of the required objectives that were met, once the run is judged.',
  unit: 'percentunit',
  noValue: 'Not judged yet',
  queries: [{ expr: objectivesMet, legend: 'Objectives met' }],
}

export const budget: StatSpec = {
  ...number,
  title: 'Error budget left',
  description:
    'Part of the failures that the SLA allows for this many requests which is not used up. Below 0 it is overspent.',
  unit: 'percentunit',
  noValue: 'Needs an objective for error-ratio or availability',
  decimals: 1,
  queries: [{ expr: business.budgetLeft, legend: 'Left' }],
}

export const cost: StatSpec = {
  ...number,
  title: 'Cost per request',
  description: 'Mean cost of the answers of the last pushes, US dollars, as the API tells it.',
  unit: 'currencyUSD',
  noValue: 'This workload does not tell its cost (cost_usd)',
  decimals: 5,
  queries: [{ expr: business.costPerRequest, legend: 'Cost' }],
  curve: true,
}
