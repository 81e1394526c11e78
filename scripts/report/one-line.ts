import { UNPRINTABLE } from '../core/printable.ts'

/** Any text as one line of characters that can be seen; several spaces are one. */
export function oneLine(text: string): string {
  return text.replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ').trim()
}
