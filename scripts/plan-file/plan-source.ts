// A plan file as it stands: its data, and where each of its values is.
import { readFile, stat } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import {
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
import { parseJson } from '../sla/json-syntax.ts'
import { planSyntax, planUnreadable, notAPlan } from './errors.ts'
import type { Place, Position } from './plan-problem.ts'

/** What a file says, before anybody has looked at what it means. */
export interface PlanSource {
  /** Absolute. */
  path: string
  /** What relative paths in the plan begin at. */
  folder: string
  data: unknown
  /** The line that says a value; of one that is missing, of what it would be in. */
  positionOf: (at: Place) => Position | undefined
}

/** Far more than anybody writes. */
const BYTES_MAX = 1_000_000
const DEPTH_MAX = 50

/**
 * Reads a plan. A TypeScript file is executed, as a workload is.
 *
 * @throws ToolkitError when it cannot be read, or is no YAML, JSON or TypeScript with a plan
 */
export async function readPlanSource(path: string): Promise<PlanSource> {
  const ending = extname(path)
  const parts = { path, folder: dirname(path) }
  if (ending === '.ts') {
    const { planOfModule } = await import('./plan-module.ts')
    const data = await planOfModule(path)
    return { ...parts, data, positionOf: () => undefined }
  }
  if (!['.yaml', '.yml', '.json'].includes(ending)) throw notAPlan(path)
  return { ...parts, ...(await parsed(path, await textOf(path))) }
}

async function textOf(path: string): Promise<string> {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw planUnreadable(path, 'a folder, a pipe or a device')
    if (found.size > BYTES_MAX) throw planUnreadable(path, `${found.size} bytes`)
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('K6V_')) throw error
    throw planUnreadable(
      path,
      code === 'ENOENT' ? 'no file' : `none that can be read (${code ?? 'no reason'})`,
    )
  }
}

async function parsed(
  path: string,
  text: string,
): Promise<Pick<PlanSource, 'data' | 'positionOf'>> {
  if (path.endsWith('.json')) {
    // YAML would let pass what no other reader of JSON takes.
    const json = await parseJson(text)
    if ('fault' in json) throw planSyntax(path, [{ ...json.fault, message: json.fault.reason }])
  }
  const lines = new LineCounter()
  const document = parseYaml(path, text, lines)
  const faults = [...document.errors, ...document.warnings].map(({ message, pos: [offset] }) => {
    const { line, col: column } = lines.linePos(offset)
    return { message, line, column }
  })
  if (faults.length > 0) throw planSyntax(path, faults)
  const { contents } = document
  return {
    data: dataOf(path, () => document.toJS({ maxAliasCount: 100 }) as unknown),
    positionOf: (at) => positionIn(contents, at, lines),
  }
}

function parseYaml(path: string, text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true })
  } catch (error) {
    throw planSyntax(path, [{ message: (error as Error).message }])
  }
}

function dataOf(path: string, read: () => unknown): unknown {
  let data: unknown
  try {
    data = read()
  } catch (error) {
    throw planSyntax(path, [{ message: (error as Error).message }])
  }
  if (!isDeeper(data, DEPTH_MAX)) return data
  throw planSyntax(path, [{ message: `it is nested more than ${DEPTH_MAX} levels deep` }])
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1))
}

function positionIn(contents: unknown, at: Place, lines: LineCounter): Position | undefined {
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
