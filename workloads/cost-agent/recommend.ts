import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { collectedAccount } from './collect.ts'
import type { CostAccount } from './cost-records.ts'

const RECOMMEND = endpoint('POST /v1/costs/recommendations')

interface Recommendations {
  recommendation_id: number
  savings_cents: number
  recommendations: { action: string; service: string; day?: number; savings_cents: number }[]
}

const validate = answerValidator<Recommendations, CostAccount>(RECOMMEND, {
  schema: {
    type: 'object',
    properties: {
      recommendation_id: { type: 'integer', minimum: 1 },
      savings_cents: { type: 'integer', minimum: 1 },
      recommendations: { type: 'array', minItems: 2 },
    },
  },
  rules: {
    'anomaly-named': ({ recommendations }, { anomaly }) =>
      recommendations.some(({ action, service, day, savings_cents }) => {
        const isAnomaly = service === anomaly.service && day === anomaly.day
        return action === 'investigate' && isAnomaly && savings_cents < anomaly.cents
      }),
    'commitment-named': ({ recommendations }) =>
      recommendations.some(({ action }) => action === 'commit'),
    'savings-add-up': ({ recommendations, savings_cents }) =>
      recommendations.reduce((sum, each) => sum + each.savings_cents, 0) === savings_cents,
    'savings-below-costs': ({ savings_cents }, { totalCents }) => savings_cents < totalCents,
  },
})

/** Asks how to save money in the user's account: the slowest operation, as a model answers it. */
export const recommend = (session: Session, data: IterationData): void => {
  const account = collectedAccount(session, data)
  if (account) validate(session.send(RECOMMEND, { account: account.account }), account)
}
