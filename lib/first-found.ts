// Pure: read by k6 and by Node.

/** Looks for something in its arguments, two at most; undefined when it is not there. */
export type Finder<Arguments extends unknown[], Found> = (...given: Arguments) => Found | undefined

/**
 * Joins finders into one that gives what the first of them finds. They call each other: in k6's
 * JavaScript engine `for...of` costs five times as much, and this runs for every answer.
 */
export const firstFound = <Arguments extends unknown[], Found>(
  finders: Finder<Arguments, Found>[],
): Finder<Arguments, Found> => {
  const first = finders[0] as Finder<unknown[], Found> | undefined
  if (!first) return () => undefined
  if (finders.length === 1) return first
  const rest = firstFound(finders.slice(1)) as Finder<unknown[], Found>
  return ((a: unknown, b: unknown) => first(a, b) ?? rest(a, b)) as Finder<unknown[], Found>
}
