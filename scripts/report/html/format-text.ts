import { formatMeasure } from '../../core/format-measure.ts'
import type { Unit } from '../../core/limit.ts'

/** A latency to three digits, which is what two runs can share; nothing when there was none. */
export function latency(ms: number | null | undefined): string {
  if (ms === undefined || ms === null) return 'none'
  return formatMeasure(ms < 60_000 ? Number(ms.toPrecision(3)) : ms, 'ms')
}

/** A share to three digits. */
export function share(ratio: number | undefined): string {
  return ratio === undefined ? 'none' : formatMeasure(Number(ratio.toPrecision(3)), 'ratio')
}

/** A value of a chart to three digits; what is counted is told whole. */
export function roughly(value: number, unit: Unit): string {
  const isCounted = unit === 'total' || unit === 'units'
  return formatMeasure(isCounted ? value : Number(value.toPrecision(3)), unit)
}
