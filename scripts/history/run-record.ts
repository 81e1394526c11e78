import { judgementOf, type ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import { type VerdictWord, verdictWord } from '../verdict/verdict.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { setupText } from './setup-text.ts'

/** What the history keeps of one objective of a run. */
export interface ObjectiveRecord extends Pick<
  ObjectiveResult,
  'id' | 'level' | 'indicator' | 'limit' | 'bound' | 'unit' | 'measured'
> {
  verdict: VerdictWord
}

/** What the history keeps of one run: some 2 KB of a verdict of 100 KB. */
export interface RunRecord {
  id: string
  /** Name of its folder. */
  folder: string
  startedAtMs: number
  verdict: VerdictWord
  scenario: string
  workload: string
  /** All else that must be the same for two runs to be compared, in words. */
  setup: string
  /** The folder has a report.html. */
  hasReport: boolean
  /** Those that applied to the run. */
  objectives: ObjectiveRecord[]
}

const UNITS: readonly string[] = ['ms', 'ratio', '/s', 'total', 'units', 'bytes', 'bytes/s']

/** Undefined for a verdict that says no time: it has no place in a history. */
export function runRecord(
  file: VerdictFile,
  place: Pick<RunRecord, 'folder' | 'hasReport'>,
): RunRecord | undefined {
  const { run, objectives } = file
  const startedAtMs = Date.parse(run.startedAt)
  if (!Number.isFinite(startedAtMs)) return undefined
  const { id, scenario, workload } = run
  return {
    ...{ id, ...place, startedAtMs, verdict: verdictWord(file), scenario, workload },
    setup: setupText(run),
    objectives: objectives.flatMap(objectiveRecord),
  }
}

// A file may be written by another version, or by hand.
function objectiveRecord(row: ObjectiveResult): ObjectiveRecord[] {
  const { id, level, indicator, limit, bound, unit, measured } = row
  const judgement = judgementOf(row)
  if (!judgement || !UNITS.includes(unit) || !Number.isFinite(bound)) return []
  const kept = { id, level, indicator, limit, bound, unit, verdict: verdictWord(judgement) }
  return [Number.isFinite(measured) ? { ...kept, measured: measured as number } : kept]
}
