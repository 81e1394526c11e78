// Pure: read by k6 and by Node. Values by their path.

/**
 * The value at a path of names and numbers with dots between them, as k6's `response.json(path)` has them:
 * `data.items.0.id`. The empty path is the value itself; undefined where there is nothing.
 */
export const valueAt = (value: unknown, path: string): unknown => {
  if (path === '') return value
  return path.split('.').reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    return (at as Record<string, unknown>)[key]
  }, value)
}

/** Whether two JSON values are equal, whatever the order of their fields. */
export const isSameValue = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameValue(valueOf(a, name), valueOf(b, name)))
  )
}

const valueOf = (object: object, name: string): unknown => (object as Record<string, unknown>)[name]
