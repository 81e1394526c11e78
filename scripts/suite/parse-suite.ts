import { LineCounter, parseDocument, isMap, isNode, isPair } from 'yaml'

/** What stands in a suite file, and on which line each part of it does. */
export interface ParsedSuite {
  data: unknown
  /** Line of a place such as `phases[0].runs[1].users`, or of what it should stand in. */
  lineOf: (path: string) => number | undefined
}

/** More than any suite needs. */
const TEXT_MAX = 1_000_000

/** Parses YAML 1.2, of which JSON is a part. Keys that stand twice, and references that grow, are faults. */
export function parseSuite(text: string): ParsedSuite | { faults: string[] } {
  if (text.length > TEXT_MAX) return { faults: [`it has more than ${TEXT_MAX / 1e6} MB`] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const faults = [...document.errors, ...document.warnings].map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0])
    return `line ${line}, column ${col}: ${message}`
  })
  if (faults.length > 0) return { faults }
  try {
    const data: unknown = document.toJS({ maxAliasCount: 100 })
    const lineOf = (path: string): number | undefined => {
      const start = startOf(document.contents, keysOf(path))
      return start === undefined ? undefined : lines.linePos(start).line
    }
    return { data, lineOf }
  } catch (error) {
    return { faults: [(error as Error).message] }
  }
}

function keysOf(path: string): string[] {
  return path.match(/[^.[\]]+/g) ?? []
}

/** Offset of the innermost part of a path that is there. */
function startOf(node: unknown, keys: readonly string[]): number | undefined {
  const [key, ...rest] = keys
  const own = isNode(node) ? node.range?.[0] : undefined
  if (key === undefined || !isNode(node) || !('items' in node)) return own
  const items = node.items as unknown[]
  if (!isMap(node)) return startOf(items[Number(key)], rest) ?? own
  const pair = items.filter(isPair).find((each) => String(each.key) === key)
  if (!pair) return own
  const atKey = isNode(pair.key) ? pair.key.range?.[0] : undefined
  return rest.length === 0 ? atKey : (startOf(pair.value, rest) ?? atKey)
}
