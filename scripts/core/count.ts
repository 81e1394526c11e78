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
