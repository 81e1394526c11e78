/** A JSON pointer as one would write it: `/objectives/0/where` is `objectives[0].where`; of the whole, `the file`. */
export function jsonPath(pointer: readonly string[]): string {
  const path = pointer.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${unescape(key)}`)).join('')
  return path.replace(/^\./, '') || 'the file'
}

function unescape(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The other way: `objectives[0].where` is `['objectives', 0, 'where']`. */
export function placeIn(path: string): (string | number)[] {
  const keys = path.replaceAll('[', '.').replaceAll(']', '').split('.')
  return keys.filter((key) => key !== '').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
}
