import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { slaBadJson, slaInvalid, slaNotFound, slaUnreadable } from './errors.ts'
import { parseJson } from './json-syntax.ts'
import type { Sla } from './sla-file.ts'
import { validateSla } from './validate-sla.ts'
import type { EachKey } from '../indicators/objective.ts'
import { K6_METRICS, type K6Metric, type MetricType } from '../indicators/k6-metrics.ts'

/**
 * Reads, validates and normalises an SLA file.
 *
 * @param path as it is to be shown to the user
 * @throws ToolkitError `K6V_SLA_…`; one error lists every problem of the file
 */
export async function readSla(path: string, catalogue: Catalogue): Promise<Sla> {
  const parsed = await parseJson(await readText(path))
  if ('fault' in parsed) throw slaBadJson({ path, ...parsed.fault })

  const result = validateSla(parsed.data, catalogue, parsed.repeated)
  if ('problems' in result) throw slaInvalid(path, result.problems)
  return result.sla
}

async function readText(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8')
    // Editors on Windows may begin a file with a byte order mark, which is not JSON.
    return text.replace(/^\uFEFF/, '')
  } catch (error) {
    const cause = error as NodeJS.ErrnoException
    if (cause.code === 'ENOENT') throw slaNotFound(path, await slaFiles(dirname(path)))
    throw slaUnreadable(path, cause)
  }
}

/** Workloads that have an SLA file in a folder; none when the folder does not exist. */
async function slaFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files
    .filter((file) => file.endsWith('.json') && file !== 'schema.json')
    .map((file) => basename(file, '.json'))
    .sort()
}

/** Every name that an SLA file of one workload may use; anything else in it is an error. */
export interface Catalogue {
  workload: string
  /** File names in scenarios/, without the ending. */
  scenarios: string[]
  /** Names of all profiles; undefined when they are not known, so none can be checked. */
  profiles?: string[]
  endpoints: string[]
  operations: string[]
  regions: string[]
  /** Phases of all scenarios; undefined when they are not known, so none can be checked. */
  phases?: string[]
  /** Custom metrics of the bundle; k6's own are known here already. */
  metrics: Record<string, { type: MetricType; isTime: boolean }>
}

/** Values that `where` and `each` may take for a key that has a closed list. */
export function knownValues(catalogue: Pick<Catalogue, `${EachKey}s`>, key: EachKey): string[] {
  return catalogue[`${key}s`]
}

/** A metric of the workload or of k6. */
export function findMetric({ metrics }: Catalogue, name: string): K6Metric | undefined {
  return new Map<string, K6Metric>(Object.entries({ ...K6_METRICS, ...metrics })).get(name)
}
