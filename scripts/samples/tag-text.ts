/**
 * Tags of k6's `extra_tags` column: `phase=hold&operation=enhance`, in any order and not escaped
 * (k6 v2.2.0, internal/output/csv). A part without `=` can only be the rest of a value that held an
 * `&`; a `=` after the first belongs to the value. A value with both is not to be told apart from two
 * tags, so it is read as two.
 */
export function parseTagText(text: string): Record<string, string> {
  const tags: [name: string, value: string][] = []
  for (const part of text.split('&')) {
    const at = part.indexOf('=')
    const last = tags.at(-1)
    if (at > 0) tags.push([part.slice(0, at), part.slice(at + 1)])
    else if (last) last[1] += `&${part}`
  }
  return Object.fromEntries(tags)
}
