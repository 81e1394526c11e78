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

/** Time of day in UTC, from an ISO time or milliseconds since 1970: `16:24:27`. */
export function clock(at: string | number): string {
  return iso(at).slice(11, 19)
}

/** Date and time in UTC: `2026-11-21 16:24:27 UTC`. */
export function dateTime(at: string | number): string {
  const text = iso(at)
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`
}

/** Time since the start of the load: `0:05`, `12:30`, `1:02:03`. */
export function elapsed(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (part: number): string => String(part).padStart(2, '0')
  const hours = Math.floor(whole / 3_600)
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** A length of time in words: `44 s`, `30 min`, `1 h 5 min`. */
export function lengthOf(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

function iso(at: string | number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? ' '.repeat(24) : date.toISOString()
}
