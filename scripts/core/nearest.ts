import { closest, distance } from 'fastest-levenshtein'
import { isNear } from '../../lib/mistakes.ts'

/** At most every third letter of the longer word may be another one. */
const LETTERS_PER_EDIT = 3

/** The known name most like `name`, or undefined when none is near enough to be a typing error. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  // Two letters that changed places are two edits, and one slip.
  const slip = known.find((each) => isNear(each, name))
  if (slip !== undefined || known.length === 0) return slip
  const guess = closest(name, known)
  const [word, other] = [lettersOf(name), lettersOf(guess)]
  const edits = distance(word, other)
  return edits * LETTERS_PER_EDIT <= Math.max(word.length, other.length) ? guess : undefined
}

// All options begin alike.
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/^-+/, '')
}

/** The end of a sentence that names it; nothing where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const guess = nearest(name, known)
  return guess === undefined ? '' : `; did you mean "${guess}"?`
}
