import { isAbsolute, relative, resolve } from 'node:path'

/** A path as somebody would type it here: relative where it is inside, else absolute. */
export function shownPath(path: string, from = process.cwd()): string {
  const inside = relative(from, path) || '.'
  return inside.startsWith('..') || isAbsolute(inside) ? resolve(path) : inside
}
