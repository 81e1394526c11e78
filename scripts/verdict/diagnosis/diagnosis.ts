/** Something that a run shows besides its verdict, and what to do about it. Plain JSON. */
export interface Diagnosis {
  /** Stable: `throughput-limit`. */
  id: string
  title: string
  /** One sentence with the numbers. */
  text: string
  /** One sentence: what to do. */
  advice: string
  /** `warning`: what was measured may mislead, or the target has a limit. `info`: good to know. */
  severity: 'info' | 'warning'
}

/** `42%`, `0.3%`. */
export function percent(ratio: number): string {
  const value = ratio * 100
  return `${Number(value.toPrecision(value < 1 ? 1 : 2)).toLocaleString('en-US')}%`
}

/** `1,234`, `12.5`. */
export function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 })
}

/** `3 endpoints`, `1 endpoint`. */
export function counted(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`
}
