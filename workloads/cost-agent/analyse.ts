import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { collectedAccount } from './collect.ts'
import type { CostAccount, CostRecord } from './cost-records.ts'

const ANALYSE = endpoint('POST /v1/costs/analyses')

interface Analysis {
  records: number
  total_cents: number
  by_service: { service: string; cents: number }[]
  trend_cents_per_day: number
  anomalies: (CostRecord & { usual_cents: number })[]
}

/** Floating-point sums depend on their order; this is the largest relative difference that is accepted. */
const ROUNDING = 1e-9

const validate = answerValidator<Analysis, CostAccount>(ANALYSE, {
  schema: {
    type: 'object',
    properties: {
      records: { type: 'integer' },
      total_cents: { type: 'integer' },
      by_service: { type: 'array', minItems: 1 },
      trend_cents_per_day: { type: 'number' },
      anomalies: { type: 'array' },
    },
  },
  rules: {
    'every-record-counted': ({ records }, account) => records === account.records.length,
    'total-correct': ({ total_cents }, { totalCents }) => total_cents === totalCents,
    'services-add-up': ({ by_service, total_cents }) =>
      by_service.reduce((sum, { cents }) => sum + cents, 0) === total_cents,
    'trend-correct': ({ trend_cents_per_day: trend }, { trendCentsPerDay, totalCents }) =>
      Math.abs(trend - trendCentsPerDay) <= ROUNDING * totalCents,
    'anomaly-found': ({ anomalies }, { anomaly }) =>
      anomalies.length === 1 &&
      anomalies[0]?.day === anomaly.day &&
      anomalies[0].service === anomaly.service &&
      anomalies[0].cents === anomaly.cents,
  },
})

/** Analyses the user's account and checks totals, trend and anomaly against what was collected. */
export const analyse = (session: Session, data: IterationData): void => {
  const account = collectedAccount(session, data)
  if (account) analyseAccount(session, account)
}

/** How long the analysis took, in milliseconds; undefined where it was wrong. */
export const analyseAccount = (session: Session, account: CostAccount): number | undefined => {
  const response = session.send(ANALYSE, { account: account.account })
  return validate(response, account) && response.timings.duration
}
