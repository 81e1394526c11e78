import { writeWhole } from '../core/write-whole.ts'
import { say } from '../core/console.ts'
import { baselineUnwritable } from './errors.ts'
import { readRun } from './read-run.ts'

/** Digits that are kept: a baseline is read as a diff. */
const DIGITS = 6

/** Writes what is compared of a run as a small file for git. */
export async function saveBaseline(run: string, path: string): Promise<number> {
  const figures = await readRun(run)
  const text = JSON.stringify(figures, rounded, 2)
  try {
    await writeWhole(path, `${text}\n`)
  } catch (error) {
    throw baselineUnwritable(path, error)
  }
  const { objectives, endpoints, id } = figures
  const named = endpoints.filter(({ endpoint }) => endpoint !== undefined).length
  say(`${path}: ${objectives.length} objectives and ${named} endpoints of ${id}`)
  return 0
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value
}
