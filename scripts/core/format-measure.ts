import type { Limit, Unit } from './limit.ts'

/** A measured value in its unit, short enough for a table: `99.95%`, `1,012.3/s`, `212.41 ms`. */
export function formatMeasure(value: number, unit: Unit): string {
  return format(value, unit, 0)
}

/** A value that missed its limit, with as many digits as it takes to see the difference. */
export function formatMissed(value: number, limit: Pick<Limit, 'value' | 'unit'>): string {
  const { unit } = limit
  const extra = [0, 2, 4, 6].find((each) => {
    return format(value, unit, each) !== format(limit.value, unit, each)
  })
  return format(value, unit, extra ?? 0)
}

function format(value: number, unit: Unit, extraDigits: number): string {
  switch (unit) {
    case 'ms':
      return value >= 60_000
        ? `${digits(value / 60_000, 1 + extraDigits)} min`
        : `${digits(value, 2 + extraDigits)} ms`
    case 'ratio':
      return `${digits(value * 100, 4 + extraDigits)}%`
    case '/s':
      return `${digits(value, 1 + extraDigits)}/s`
    case 'total':
      return digits(value, 0)
    case 'units':
      return String(Number(value.toPrecision(5 + extraDigits)))
    case 'bytes':
      return bytes(value, extraDigits)
    case 'bytes/s':
      return `${bytes(value, extraDigits)}/s`
  }
}

function bytes(value: number, extraDigits: number): string {
  // What shrinks has a growth below zero.
  if (value < 0) return `-${bytes(-value, extraDigits)}`
  if (value >= 1e9) return `${digits(value / 1e9, 1 + extraDigits)} GB`
  if (value >= 1e6) return `${digits(value / 1e6, 1 + extraDigits)} MB`
  if (value >= 1e3) return `${digits(value / 1e3, 1 + extraDigits)} KB`
  return `${digits(value, 0)} B`
}

function digits(value: number, decimals: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: decimals })
}

/** Run time: `0:45`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** `12,345`. */
export function number(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** `1 sample`, `12 samples`. */
export function count(amount: number, noun: string, nouns = `${noun}s`): string {
  return `${number(amount)} ${amount === 1 ? noun : nouns}`
}

/** The verb of so many: `was`, `were`. */
export function were(amount: number): string {
  return amount === 1 ? 'was' : 'were'
}
