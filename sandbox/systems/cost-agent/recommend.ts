import type { CostAnalysis } from './analyse-costs.ts'

/** A suggestion to the owner of an account. */
export interface Recommendation {
  action: 'investigate' | 'commit'
  service: string
  /** For an anomaly only. */
  day?: number
  savings_cents: number
}

/** Discount for committing to a service for a year. */
const COMMITMENT_DISCOUNT = 0.2

/** An investigation for each anomaly, and a commitment for the most expensive service. */
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
