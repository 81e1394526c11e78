import type { CostRecord } from './cost-record.ts'

/** A day on which a service cost far more than usual. */
export interface Anomaly extends CostRecord {
  usual_cents: number
}

/** The results of analysing an account. */
export interface CostAnalysis {
  records: number
  total_cents: number
  /** The most expensive first. */
  by_service: { service: string; cents: number }[]
  /** By how much the daily total rises from day to day; 0 for a single day. */
  trend_cents_per_day: number
  /** The earliest first. */
  anomalies: Anomaly[]
}

/** A day is an anomaly when a service costs more than this many times its usual cost. */
const ANOMALY_FACTOR = 3

/**
 * Totals, trend and anomalies of the costs of an account. The trend is the slope of the least-squares line through
 * the totals of the days that have a record. The usual cost of a service is the middle one of its costs, of an even
 * number the larger of the two in the middle.
 */
export function analyseCosts(records: readonly CostRecord[]): CostAnalysis {
  const byService = grouped(records)
  const byDay = new Map<number, number>()
  for (const { day, cents } of records) byDay.set(day, (byDay.get(day) ?? 0) + cents)
  const totals = [...byService].map(([service, own]) => ({ service, cents: sumOf(own) }))
  return {
    records: records.length,
    total_cents: sumOf(records),
    by_service: totals.sort((a, b) => b.cents - a.cents || (a.service < b.service ? -1 : 1)),
    trend_cents_per_day: slopeOf([...byDay]),
    anomalies: [...byService.values()].flatMap(anomaliesOf).sort((a, b) => a.day - b.day),
  }
}

function grouped(records: readonly CostRecord[]): Map<string, CostRecord[]> {
  const groups = new Map<string, CostRecord[]>()
  for (const record of records) {
    const group = groups.get(record.service)
    if (group) group.push(record)
    else groups.set(record.service, [record])
  }
  return groups
}

function sumOf(records: readonly CostRecord[]): number {
  return records.reduce((sum, { cents }) => sum + cents, 0)
}

function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const products = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const squares = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return squares === 0 ? 0 : products / squares
}

function anomaliesOf(records: readonly CostRecord[]): Anomaly[] {
  const sorted = records.map(({ cents }) => cents).sort((a, b) => a - b)
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0
  return records
    .filter(({ cents }) => cents > ANOMALY_FACTOR * usual)
    .map((record) => ({ ...record, usual_cents: usual }))
}
