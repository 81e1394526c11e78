import { formatMeasure } from '../../core/format-measure.ts'

/** A whole number with thousands separated. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/** `1 request`, `2,000 requests`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** A latency to three digits, which is what two runs can share; nothing when there was none. */
export function latency(ms: number | null | undefined): string {
  if (ms === undefined || ms === null) return 'none'
  return formatMeasure(ms < 60_000 ? Number(ms.toPrecision(3)) : ms, 'ms')
}

/** A share to three digits. */
export function share(ratio: number | undefined): string {
  return ratio === undefined ? 'none' : formatMeasure(Number(ratio.toPrecision(3)), 'ratio')
}
