import { join } from 'node:path'
import { type FileFormat, readJson } from '../core/read-json.ts'
import { AMOUNT, FLAG, list, NUMBER, object, one, record, TEXT } from '../core/schema.ts'
import { writeJson } from '../core/write-whole.ts'
import { SERVER_COMBINATIONS, SERVER_STATISTICS } from '../indicators/indicator.ts'
import { INDICATOR_NAMES } from '../indicators/indicators.ts'
import type { CompiledObjective } from './compiled.ts'

/** What a run is judged by, also later and once segments are merged: its SLA file as it was then. */
export const OBJECTIVES_FILE = 'objectives.json'

const LIMIT = object({ operator: one('<', '<=', '>', '>='), value: NUMBER, unit: TEXT, text: TEXT })

const STATISTICS = `^(avg|${SERVER_STATISTICS.join('|')})$`

const INDICATOR = object(
  { kind: one(...INDICATOR_NAMES) },
  {
    percentile: { type: 'number', minimum: 0, maximum: 100 },
    metric: TEXT,
    statistic: { type: ['string', 'number'], pattern: STATISTICS },
    targetMs: AMOUNT,
    server: TEXT,
    labels: record(TEXT),
    combine: one(...SERVER_COMBINATIONS),
    when: one('load', 'idle'),
  },
)

const OBJECTIVE = object(
  {
    id: TEXT,
    indicator: INDICATOR,
    limit: LIMIT,
    where: record(TEXT),
    level: one('required', 'advisory'),
  },
  {
    description: TEXT,
    each: one('endpoint', 'operation', 'region'),
    phases: list(TEXT),
    scenarios: list(TEXT),
    windows: object({ lengthSeconds: AMOUNT, violating: LIMIT }),
    stopAfter: TEXT,
  },
)

const FORMAT: FileFormat = {
  what: 'the objectives of a run',
  code: 'K6V_RUN_FILE_BROKEN',
  hint: 'Copy the whole run folder again from where the run was made.',
  schema: list(object({ id: TEXT, objective: OBJECTIVE }, { absence: TEXT, isGate: FLAG })),
}

export async function writeObjectives(
  { path }: { path: string },
  objectives: readonly CompiledObjective[],
): Promise<void> {
  await writeJson(join(path, OBJECTIVES_FILE), objectives)
}

/** @throws ToolkitError when there is none, or it is damaged */
export function readObjectives(path: string): Promise<CompiledObjective[]> {
  return readJson(join(path, OBJECTIVES_FILE), FORMAT)
}
