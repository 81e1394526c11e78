// Costs of an account made from random numbers, and the results of a correct analysis of them.
import type { Random } from '../../lib/random.ts'

export interface CostRecord {
  /** Days since 1970-01-01. */
  day: number
  service: string
  cents: number
}

export interface CostAccount {
  account: string
  records: CostRecord[]
  totalCents: number
  /** Slope of the least-squares line through the totals of the days. */
  trendCentsPerDay: number
  /** The one day on which a service cost ten times its price. */
  anomaly: CostRecord
}

/** 2026-01-01. */
const FIRST_DAY = 20_454

const ANOMALY = 10

/** An account of `services` times `days` records. Each service has a price that rises a little, with some noise. */
export const costAccount = (
  account: string,
  random: Random,
  { services, days }: { services: number; days: number },
): CostAccount => {
  const whole = (below: number): number => Math.floor(random() * below)
  const unusual = { day: whole(days), service: whole(services) }
  const records: CostRecord[] = []
  const totals: number[] = []
  for (let day = 0; day < days; day++) {
    let total = 0
    for (let service = 0; service < services; service++) {
      // A thousandth more each day, plus noise: never three times the median, which would be an anomaly.
      const usual = 1_000 * (service + 1) + day * (service + 1) + whole(100)
      const isUnusual = day === unusual.day && service === unusual.service
      const cents = usual * (isUnusual ? ANOMALY : 1)
      records.push({ day: FIRST_DAY + day, service: `service-${service}`, cents })
      total += cents
    }
    totals.push(total)
  }
  return {
    account,
    records,
    totalCents: totals.reduce((sum, each) => sum + each, 0),
    trendCentsPerDay: slopeOf(totals),
    anomaly: records[unusual.day * services + unusual.service] as CostRecord,
  }
}

// The days are 0, 1, 2, ...: the sum of their squared distances from the middle is n(n² - 1) / 12.
const slopeOf = (totals: readonly number[]): number => {
  const n = totals.length
  const products = totals.reduce((sum, total, day) => sum + (day - (n - 1) / 2) * total, 0)
  return n < 2 ? 0 : products / ((n * (n * n - 1)) / 12)
}
