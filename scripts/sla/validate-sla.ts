import type { Catalogue } from './read-sla.ts'
import type { Objective } from '../indicators/objective.ts'
import type { RawObjective, Sla } from './sla-file.ts'
import { type Problem, quote, unknownName } from './field-problem.ts'
import { readObjective } from './read-objective.ts'
import { nothingToMiss } from './suspicions.ts'
import { schemaProblems } from './schema-problems.ts'

/** The file, read, or everything that is wrong with it. */
export type Validated = { sla: Sla } | { problems: Problem[] }

/**
 * Checks an SLA file by shape and by meaning, and reports every problem at once.
 *
 * @param data the parsed JSON
 * @param repeated fields that stand in the text twice, which the parsed JSON no longer shows
 */
export function validateSla(
  data: unknown,
  catalogue: Catalogue,
  repeated: readonly Problem[] = [],
): Validated {
  const misshapen = schemaProblems(data)
  const problems = [...repeated, ...misshapen]
  const { workload, raws } = looseParts(data)
  if (workload !== undefined) {
    const fault = unknownName('workload of this run', workload, [catalogue.workload])
    if (fault) problems.push({ path: 'workload', ...fault })
  }
  problems.push(...duplicateIds(raws))

  const objectives: Objective[] = []
  raws.forEach((raw, index) => {
    const path = `objectives[${index}]`
    if (typeof raw !== 'object' || raw === null) return
    const sound = soundFields(raw, path, misshapen)
    const result = readObjective(sound, path, catalogue)
    if ('problems' in result) problems.push(...result.problems)
    else objectives.push(result.objective)
  })
  if (problems.length === 0) problems.push(...nothingToMiss(objectives))
  if (problems.length > 0) return { problems: problems.sort(byPlace) }
  return { sla: { workload: catalogue.workload, objectives } }
}

function looseParts(data: unknown): { workload?: string; raws: unknown[] } {
  const { workload, objectives } = (data ?? {}) as Record<string, unknown>
  return {
    ...(typeof workload === 'string' && { workload }),
    raws: Array.isArray(objectives) ? objectives : [],
  }
}

function duplicateIds(raws: unknown[]): Problem[] {
  const ids = raws.map((raw) => (raw as Partial<RawObjective> | null)?.id)
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    if (id === undefined || first === index) return []
    return [
      {
        path: `objectives[${index}].id`,
        expected: 'an id that no other objective has',
        found: quote(id),
        hint: `objectives[${first}] has it already.`,
      },
    ]
  })
}

/** The fields whose shape is right: what they mean is checked even beside others that are wrong. */
function soundFields(raw: object, path: string, misshapen: Problem[]): Partial<RawObjective> {
  const fields = Object.entries(raw).filter(([field]) => {
    const place = `${path}.${field}`
    return !misshapen.some((problem) => isInside(problem.path, place))
  })
  return Object.fromEntries(fields)
}

function isInside(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`)
}

function byPlace(a: Problem, b: Problem): number {
  return a.path.localeCompare(b.path, 'en', { numeric: true })
}
