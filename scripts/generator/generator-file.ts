import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type FileFormat, readJson } from '../core/read-json.ts'
import { FIGURE, list, marked, object } from '../core/schema.ts'
import { writeWhole } from '../core/write-whole.ts'
import { say } from '../core/console.ts'
import { perSecondOf } from './generator-per-second.ts'
import type { GeneratorSample } from './generator-sample.ts'
import type { GeneratorSecond } from './generator-second.ts'

/** In a run's folder. */
export const GENERATOR_FILE = 'generator.json'

/** All seconds of a run as columns: one list for each figure, `null` where it is not known. */
interface GeneratorColumns {
  format: 1
  columns: Partial<Record<keyof GeneratorSecond, (number | null)[]>>
}

const NAMES = [
  'atMs',
  'k6Cpu',
  'sandboxCpu',
  'othersCpu',
  'idleCpu',
  'stealCpu',
  'k6WaitSeconds',
  'k6WaitMs',
  'gcPauseSeconds',
  'gcCpuSeconds',
  'k6MemoryBytes',
] as const satisfies readonly (keyof GeneratorSecond)[]

const FORMAT: FileFormat = {
  what: 'the seconds of a generator',
  code: 'K6V_RUN_FILE_BROKEN',
  hint: 'Copy the whole folder again from where the run was made, or run the scenario again.',
  schema: marked(
    { format: 1 },
    object({ columns: object({}, Object.fromEntries(NAMES.map((name) => [name, list(FIGURE)]))) }),
  ),
}

/**
 * Writes `generator.json` of a run's folder, what is known of each second. On a full disk it is left out
 * and said: the verdict needs it not.
 */
export async function keepGenerator(
  folder: string,
  samples: readonly GeneratorSample[],
): Promise<void> {
  await writeGenerator(folder, perSecondOf(samples)).catch((error: unknown) => {
    say(`${GENERATOR_FILE} could not be written: ${String(error)}`)
  })
}

async function writeGenerator(folder: string, seconds: readonly GeneratorSecond[]): Promise<void> {
  const known = NAMES.filter((name) => seconds.some((second) => second[name] !== undefined))
  const columns = Object.fromEntries(
    known.map((name) => [name, seconds.map((second) => second[name] ?? null)]),
  )
  const file: GeneratorColumns = { format: 1, columns }
  await writeWhole(join(folder, GENERATOR_FILE), `${JSON.stringify(file)}\n`)
}

/** Reads it again; empty where the run has none, as an earlier version of the toolkit left it. */
export async function readGenerator(folder: string): Promise<GeneratorSecond[]> {
  const path = join(folder, GENERATOR_FILE)
  if (!existsSync(path)) return []
  const { columns } = await readJson<GeneratorColumns>(path, FORMAT)
  return (columns.atMs ?? []).map((_, index) => {
    const entries = Object.entries(columns).flatMap(([name, values]) => {
      const value = values[index] ?? null
      return value === null ? [] : [[name, value] as const]
    })
    return Object.fromEntries(entries) as unknown as GeneratorSecond
  })
}
