// Controls, halves of characters, and what turns the direction of a line around.
const UNSEEN = /[\p{Cc}\p{Cs}\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]+/gu

/** Any text as one line of characters that can be seen; several spaces are one. */
export function oneLine(text: string): string {
  return text.replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim()
}
