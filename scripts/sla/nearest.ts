import { closest, distance } from 'fastest-levenshtein'

/** The known name most like `name`, or undefined when none is near enough to be a typing error. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const guess = closest(name, known)
  const edits = distance(name.toLowerCase(), guess.toLowerCase())
  return edits <= Math.max(2, Math.floor(guess.length / 3)) ? guess : undefined
}
