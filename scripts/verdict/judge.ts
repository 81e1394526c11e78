import type { CompiledObjective } from '../sla/compiled.ts'
import { thresholdOf } from '../sla/k6-thresholds.ts'
import { foreignThresholds } from './foreign-thresholds.ts'
import { judgeObjective, type ObjectiveResult } from './judge-objective.ts'
import type { LoadDelivery } from './load-delivered.ts'
import type { Summary } from './read-summary.ts'
import { type Verdict, VERDICTS, worst } from './verdict.ts'

/** The verdict of a run and all that it rests on. Plain JSON. */
export interface RunVerdict {
  verdict: Verdict
  objectives: ObjectiveResult[]
  /** Why it is not PASS, and what PASS leaves open; one sentence part each. */
  reasons: string[]
}

/**
 * Judges a finished run from k6's summary. The run takes its worst required objective; where none
 * was judged it is NO_DATA, and where the planned load was not delivered INVALID, whatever was
 * measured. A run that an objective with `stop` has ended is a FAIL.
 */
export function judge(
  compiled: readonly CompiledObjective[],
  summary: Summary,
  delivery: LoadDelivery,
): RunVerdict {
  const isWhole = delivery.end === 'complete'
  const objectives = compiled.map((each) => judgeObjective(each, summary, isWhole))
  const foreign = foreignThresholds(compiled, summary)
  const notes = [...objectives.flatMap(objectiveNote), ...foreign, ...pendingNote(objectives)]

  const stopper = isWhole ? undefined : findStopper(compiled, summary)
  const invalid = invalidReasons(delivery, stopper !== undefined)
  if (invalid.length > 0) return { verdict: 'INVALID', objectives, reasons: [...invalid, ...notes] }
  if (stopper) {
    const reason = `stopped by ${stopper.id} after ${progress(delivery)}`
    return { verdict: 'FAIL', objectives, reasons: [reason, ...notes] }
  }

  const judged = objectives.filter(({ level }) => level === 'required').flatMap(verdictOf)
  if (judged.length === 0) notes.unshift('no required objective could be judged')
  const verdict = worst(foreign.length > 0 && judged.length > 0 ? [...judged, 'FAIL'] : judged)
  return { verdict, objectives, reasons: notes }
}

// When an objective stops a run, the rest of the load is missing on purpose.
function invalidReasons(delivery: LoadDelivery, isStopped: boolean): string[] {
  const { end, scriptFaults, loadFaults } = delivery
  if (end === 'stopped-by-user') {
    return [`stopped by the user after ${progress(delivery)}`, ...scriptFaults]
  }
  if (isStopped) return scriptFaults
  const cut = end === 'cut-short' ? [`k6 ended after ${progress(delivery)}`] : []
  return [...cut, ...scriptFaults, ...loadFaults]
}

function findStopper(
  compiled: readonly CompiledObjective[],
  summary: Summary,
): CompiledObjective | undefined {
  return compiled.find((each) => {
    if (each.judgedBy !== 'k6' || each.objective.stopAfter === undefined) return false
    return summary.metrics[each.check.metric]?.crossed.includes(thresholdOf(each.check))
  })
}

function verdictOf({ verdict }: ObjectiveResult): Verdict[] {
  return VERDICTS.filter((each) => each === verdict)
}

function objectiveNote({ id, level, verdict, reason = '' }: ObjectiveResult): string[] {
  if (verdict !== 'FAIL' && verdict !== 'NO_DATA') return []
  return [`${id}${level === 'advisory' ? ' (advisory)' : ''}: ${reason}`]
}

function pendingNote(objectives: readonly ObjectiveResult[]): string[] {
  const pending = objectives.filter(({ verdict }) => verdict === 'judged after the run')
  if (pending.length === 0) return []
  return [`not judged from k6's summary: ${pending.map(({ id }) => id).join(', ')}`]
}

function progress({ elapsedSeconds, plannedSeconds }: LoadDelivery): string {
  return `${Math.round(elapsedSeconds)} s of ${Math.round(plannedSeconds)} s`
}
