import { readFile, stat } from 'node:fs/promises'
import { VERDICTS } from '../verdict/verdict.ts'
import { VERDICT_FORMAT, type VerdictFile } from '../verdict/verdict-file.ts'
import { verdictBroken, verdictMissing } from './errors.ts'

/** A run of a day with hundreds of objectives has a few. */
const BYTES_MAX = 64_000_000

/** What every report needs, by its path and its kind; of an older file other parts may be missing. */
const PARTS: readonly (readonly [path: string, kind: string])[] = [
  ['run', 'object'],
  ['run.id', 'string'],
  ['run.scenario', 'string'],
  ['run.workload', 'string'],
  ['run.settings', 'object'],
  ['run.startedAt', 'string'],
  ['run.target', 'object'],
  ['objectives', 'array'],
  ['reasons', 'array'],
  ['errors', 'array'],
  ['delivery', 'object'],
  ['endpoints', 'array'],
  ['generator', 'object'],
  ['samples', 'object'],
]

const OF_OBJECTIVE = ['id', 'level', 'indicator', 'limit', 'verdict']

/**
 * Reads `verdict.json`, the input of every report.
 *
 * @throws when it is missing, torn, or that of another format; the message says where
 */
export async function readVerdict(path: string): Promise<VerdictFile> {
  const size = await stat(path).catch(() => undefined)
  if (!size?.isFile()) throw verdictMissing(path)
  if (size.size > BYTES_MAX) throw verdictBroken(path, `it has more than ${BYTES_MAX / 1e6} MB`)
  const file = parsed(path, await readFile(path, 'utf8'))
  const fault = faultOf(file)
  if (fault !== undefined) throw verdictBroken(path, fault)
  return file as VerdictFile
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw verdictBroken(path, 'it is no JSON')
  }
}

function faultOf(file: unknown): string | undefined {
  const format = partOf(file, 'format')
  if (format !== VERDICT_FORMAT) return `its format is not ${VERDICT_FORMAT}`
  const verdict = partOf(file, 'verdict')
  if (!VERDICTS.some((each) => each === verdict))
    return `its verdict is none of ${VERDICTS.join(', ')}`
  const part = PARTS.find(([name, kind]) => kindOf(partOf(file, name)) !== kind)
  if (part) return `"${part[0]}" is no ${part[1]}`
  const objectives = partOf(file, 'objectives') as unknown[]
  const wrong = objectives.findIndex((row) =>
    OF_OBJECTIVE.some((key) => kindOf(partOf(row, key)) !== 'string'),
  )
  return wrong < 0 ? undefined : `objective ${wrong + 1} lacks a part`
}

function partOf(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => {
    return kindOf(part) === 'object' ? (part as Record<string, unknown>)[key] : undefined
  }, value)
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return value === null ? 'null' : typeof value
}
