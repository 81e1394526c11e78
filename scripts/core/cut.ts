/** The text in at most so many characters; of a longer one its beginning, and `…`. */
export function cut(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text
  const kept = text.slice(0, charactersMax - 1)
  // Half of a pair is no character.
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}
