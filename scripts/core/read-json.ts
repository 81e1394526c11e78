import { readFile, stat } from 'node:fs/promises'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { cut, printable } from './printable.ts'
import { jsonPath } from './schema.ts'
import { ToolkitError } from './errors.ts'

/** A kind of file that the toolkit writes and reads again. */
export interface FileFormat {
  /** `a whole verdict` */
  what: string
  code: string
  hint: string
  /** @default 2 */
  exitCode?: number
  /** JSON Schema. */
  schema: object
}

/** A run of a day with hundreds of objectives has a few MB. */
const BYTES_MAX = 64_000_000

const compiled = new WeakMap<FileFormat, ValidateFunction>()

/**
 * Reads a file of ours. Whoever copied or edited it may have changed anything.
 *
 * @throws ToolkitError with the code of its format: which part of which file is to be what
 */
export async function readJson<Content>(path: string, format: FileFormat): Promise<Content> {
  const data = parsed(await textOf(path, format), path, format)
  const fault = faultOf(data, format)
  if (fault !== undefined) throw new FileBroken(path, format, fault)
  return data as Content
}

/** A file is there, and not what it should be. */
export class FileBroken extends ToolkitError {
  /** What is wrong in it, without its name. */
  readonly fault: string

  constructor(path: string, { what, code, hint, exitCode = 2 }: FileFormat, fault: string) {
    super({ code, message: `Expected ${path} to be ${what}: ${fault}`, hint, exitCode })
    this.fault = fault
  }
}

async function textOf(path: string, format: FileFormat): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size <= BYTES_MAX) return await readFile(path, 'utf8')
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new FileBroken(path, format, `it cannot be read (${code})`)
  }
  throw new FileBroken(path, format, `it has more than ${BYTES_MAX / 1e6} MB`)
}

function parsed(text: string, path: string, format: FileFormat): unknown {
  if (text.trim() === '') throw new FileBroken(path, format, 'it is empty')
  try {
    return JSON.parse(text) as unknown
  } catch {
    // What the parser says repeats a part of the file.
    throw new FileBroken(path, format, 'it is not JSON, or was cut off')
  }
}

function faultOf(data: unknown, format: FileFormat): string | undefined {
  const validate = compiled.get(format) ?? ajv.compile(format.schema)
  compiled.set(format, validate)
  const [first] = validate(data) ? [] : (validate.errors ?? [])
  return first && faultText(first)
}

const ajv = new Ajv({ verbose: true, allowUnionTypes: true })
// A month 13 has the right form, and is no time.
ajv.addFormat('moment', { validate: (text: string) => Number.isFinite(Date.parse(text)) })

function faultText(error: ErrorObject): string {
  const pointer = error.instancePath.split('/').slice(1)
  if (error.keyword === 'required') {
    const { missingProperty } = error.params as { missingProperty: string }
    return `expected ${jsonPath([...pointer, missingProperty])}, got nothing`
  }
  return `expected ${shown(jsonPath(pointer))} to be ${ruleOf(error)}, got ${shown(JSON.stringify(error.data))}`
}

function ruleOf({ keyword, schema, parentSchema, message = '' }: ErrorObject): string {
  const { description } = parentSchema as { description?: string }
  if (keyword === 'enum')
    return `one of ${(schema as unknown[]).map((each) => JSON.stringify(each)).join(', ')}`
  if (keyword === 'const') return JSON.stringify(schema)
  if (keyword === 'type') return [schema].flat().join(' or ')
  return description ?? message.replace(/^must (be )?/, '')
}

const SHOWN_MAX = 60

// Whatever is in the file, nothing of it moves the cursor.
function shown(text: string): string {
  return cut(printable(text), SHOWN_MAX)
}
