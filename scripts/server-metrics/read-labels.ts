const LABEL = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/y

const ESCAPES: Record<string, string> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' }

/** Reads `le="0.5",path="/a"`; undefined where it is anything else. */
export function readLabels(text: string): Record<string, string> | undefined {
  const labels: [string, string][] = []
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < text.trimEnd().length) {
    const [, name, value, separator] = LABEL.exec(text) ?? []
    if (name === undefined || value === undefined) return undefined
    labels.push([name, value.replace(/\\[\\"n]/g, (escape) => ESCAPES[escape] ?? escape)])
    if (separator === '') break
  }
  return Object.fromEntries(labels)
}
