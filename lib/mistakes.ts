// Pure: read by k6 and by Node. How mistakes of a workload are told.

/** `Expected <what to be what>, got <value>`, unless it is so. */
export const unless = (isRight: boolean, expected: string, value: unknown): string[] =>
  isRight
    ? []
    : [`Expected ${expected}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`]

/** Names that an object has and nobody reads, with what may have been meant. */
export const unknownNames = (given: object, known: readonly string[], where: string): string[] => {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = known.find((each) => isNear(each, name))
      const hint = meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`
      return `${where} has "${name}", which nothing reads: ${hint}`
    })
}

/** One letter too many, too few, wrong, or of the wrong case; or two that changed places. */
export const isNear = (a: string, b: string): boolean => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  if (Math.abs(x.length - y.length) > 1) return false
  let from = 0
  while (from < x.length && x[from] === y[from]) from++
  const isMissing = x.slice(from + 1) === y.slice(from) || x.slice(from) === y.slice(from + 1)
  const isOther = x.slice(from + 1) === y.slice(from + 1)
  const isSwapped = x[from] === y[from + 1] && x[from + 1] === y[from]
  return isMissing || isOther || (isSwapped && x.slice(from + 2) === y.slice(from + 2))
}
