// Pure. What others have written, as it may be shown: a target, a log, a file.

/**
 * Controls (C0 but for line breaks and tabs, DEL, C1), halves of characters, and what turns the direction of a line
 * around. In a terminal they move the cursor, and in a report they let a text say something else than it does.
 */
export const UNPRINTABLE =
  /[^\P{Cc}\n\t]|[\p{Cs}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu

/** The text with a mark for each character that is not to be printed; lines stay lines. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(UNPRINTABLE, '\uFFFD')
}

/** The same for each text in plain data, names of properties too. */
export function printableAll<Data>(data: Data): Data {
  if (typeof data === 'string') return printable(data) as Data
  if (Array.isArray(data)) return data.map((each: unknown) => printableAll(each)) as Data
  if (typeof data !== 'object' || data === null) return data
  const entries = Object.entries(data).map(([key, value]: [string, unknown]) => {
    return [printable(key), printableAll(value)] as const
  })
  return Object.fromEntries(entries) as Data
}

/** The same for a text of ours that has colours: they stay, and nothing else that a terminal obeys. */
export function printableInColour(text: string): string {
  return text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 0 ? printable(part) : part))
    .join('')
}

const COLOUR = /(\u001b\[[\d;]*m)/

/** The text in at most so many characters; of a longer one its beginning, and `…`. */
export function cut(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text
  const kept = text.slice(0, charactersMax - 1)
  // Half of a pair is no character.
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}

/** Any text as one line of characters that can be seen; several spaces are one. */
export function oneLine(text: string): string {
  return text.replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ').trim()
}
