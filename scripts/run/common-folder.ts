import { sep } from 'node:path'

/** The deepest folder that all of these are in, with a separator at its end. */
export function commonFolder(folders: readonly string[], separator: string = sep): string {
  const [first = [], ...others] = folders.map((folder) => folder.split(separator))
  const end = first.findIndex((part, at) => others.some((parts) => parts[at] !== part))
  const shared = end === -1 ? first : first.slice(0, end)
  return [...shared.filter((part, at) => part !== '' || at === 0), ''].join(separator)
}
