import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeJson } from '../files/write-whole.ts'
import type { CompiledObjective } from '../sla/compiled.ts'

/** What a run is judged by, also later and once segments are merged: its SLA file as it was then. */
const OBJECTIVES_FILE = 'objectives.json'

export async function writeObjectives(
  { path }: { path: string },
  objectives: readonly CompiledObjective[],
): Promise<void> {
  await writeJson(join(path, OBJECTIVES_FILE), objectives)
}

/** @throws the system's error when there is none, or JSON's */
export async function readObjectives(path: string): Promise<CompiledObjective[]> {
  return JSON.parse(await readFile(join(path, OBJECTIVES_FILE), 'utf8')) as CompiledObjective[]
}
