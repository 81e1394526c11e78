import type { CostAnalysis } from './analyse-costs.ts'

/** Something that the owner of an account could do. */
export interface Recommendation {
  action: 'investigate' | 'commit'
  service: string
  /** Of an anomaly only. */
  day?: number
  savings_cents: number
}

/** What a year of commitment takes off the price of a service. */
const COMMITMENT_DISCOUNT = 0.2

/** An anomaly to look into each, and a commitment for the dearest service. */
export function recommend({ anomalies, by_service }: CostAnalysis): Recommendation[] {
  const dearest = by_service.slice(0, 1).map(({ service, cents }) => ({
    action: 'commit' as const,
    service,
    savings_cents: Math.floor(cents * COMMITMENT_DISCOUNT),
  }))
  const unusual = anomalies.map(({ service, day, cents, usual_cents }) => ({
    action: 'investigate' as const,
    service,
    day,
    savings_cents: cents - usual_cents,
  }))
  return [...unusual, ...dearest]
}
