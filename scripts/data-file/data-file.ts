// A file of data that people write, YAML or JSON: what it holds, and where each of its values is.
import { readFile, stat } from 'node:fs/promises'
import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml'
import { isDeeper, parseJson } from '../sla/json-syntax.ts'

/** Where something stands in a file: names of fields and numbers of items, from the top. */
export type Place = readonly (string | number)[]

/** Line and column of a file, from 1. */
export interface Position {
  line: number
  column: number
}

/** Why a text is neither YAML nor JSON. */
export interface SyntaxFault {
  message: string
  line?: number | undefined
  column?: number | undefined
}

/** What a file says. Its data may be anything that YAML can hold, but it is neither circular nor deep. */
export interface DataFile {
  data: unknown
  /** The line that says a value; of one that is missing, of what it would be in. */
  positionOf: (at: Place) => Position | undefined
}

/** A file, why it cannot be read, or what is wrong with its text. */
export type ReadDataFile = DataFile | { unreadable: string } | { faults: SyntaxFault[] }

/** Far more than anybody writes. */
const BYTES_MAX = 1_000_000
const DEPTH_MAX = 50
const ALIASES_MAX = 100

/** Reads a file as JSON if its name ends with `.json`, else as YAML 1.2, of which JSON is a part. */
export async function readDataFile(path: string): Promise<ReadDataFile> {
  const read = await textOf(path)
  if (typeof read !== 'string') return read
  if (!path.endsWith('.json')) return parseYaml(read)
  // YAML would accept what no other reader of JSON does.
  const json = await parseJson(read)
  return 'fault' in json
    ? { faults: [{ ...json.fault, message: json.fault.reason }] }
    : parseYaml(read)
}

async function textOf(path: string): Promise<string | { unreadable: string }> {
  try {
    const found = await stat(path)
    if (!found.isFile()) return { unreadable: 'a folder, a pipe or a device' }
    if (found.size > BYTES_MAX) return { unreadable: `${found.size} bytes` }
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    const { code = 'no reason' } = error as NodeJS.ErrnoException
    return { unreadable: code === 'ENOENT' ? 'no file' : `one that cannot be read (${code})` }
  }
}

function parseYaml(text: string): DataFile | { faults: SyntaxFault[] } {
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
    })
    const faults = [...document.errors, ...document.warnings].map(({ message, pos: [offset] }) => {
      const { line, col: column } = lines.linePos(offset)
      return { message: plain(message), line, column }
    })
    if (faults.length > 0) return { faults: firstOf(faults) }
    const data: unknown = document.toJS({ maxAliasCount: ALIASES_MAX })
    if (isDeeper(data, DEPTH_MAX)) return { faults: [{ message: TOO_DEEP }] }
    return { data, positionOf: (at) => positionIn(document, at, lines) }
  } catch (error) {
    return { faults: [{ message: plain((error as Error).message) }] }
  }
}

/** Of a text that is no YAML at all; what comes after the first ones mostly follows from them. */
const FAULTS_SHOWN = 5

function firstOf(faults: readonly SyntaxFault[]): SyntaxFault[] {
  const left = faults.length - FAULTS_SHOWN
  const more = left > 0 ? [{ message: `and ${left} more, which may follow from these` }] : []
  return [...faults.slice(0, FAULTS_SHOWN), ...more]
}

/** The parser quotes what it does not understand, which may be all of the file. */
const MESSAGE_LETTERS = 160

const TOO_DEEP = `it is nested more than ${DEPTH_MAX} levels deep`

/** What the parser says to programmers, by how it begins, and what it means to whoever wrote the file. */
const PLAIN: Record<string, string> = {
  'Excessive alias count': `its aliases (*name) stand for more than ${ALIASES_MAX} values`,
  'Source contains multiple documents': 'a second document begins here ("---"): one file holds one',
  'Maximum call stack': TOO_DEEP,
  'With stringKeys': 'a key has to be text: put quotes around it',
  'Map keys must be unique': 'this key stands twice in the same place',
}

function plain(message: string): string {
  const known = Object.keys(PLAIN).find((start) => message.startsWith(start))
  const text = (known !== undefined && PLAIN[known]) || message
  return text.length > MESSAGE_LETTERS ? `${text.slice(0, MESSAGE_LETTERS)}…` : text
}

function positionIn({ contents }: Document, at: Place, lines: LineCounter): Position | undefined {
  let node: unknown = contents
  let found: unknown = contents
  for (const key of at) {
    const next = childOf(node, key)
    if (next === undefined) break
    found = isPair(next) ? next.key : next
    node = isPair(next) ? next.value : next
  }
  const [offset] = (isNode(found) && found.range) || []
  if (offset === undefined) return undefined
  const { line, col: column } = lines.linePos(offset)
  return { line, column }
}

function childOf(node: unknown, key: string | number): Pair | Node | undefined {
  if (isMap(node)) {
    return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
  }
  if (!isSeq(node)) return undefined
  const item = node.items[Number(key)]
  return isNode(item) ? item : undefined
}
