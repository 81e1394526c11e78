import type { LoadDelivery } from './load-delivered.ts'
import type { ObjectiveResult } from './judge-objective.ts'
import type { StopReason } from './stop-rule.ts'
import { type Verdict, VERDICTS, worst } from './verdict.ts'

/** The verdict of a run and all that it rests on. Plain JSON. */
export interface RunVerdict {
  verdict: Verdict
  objectives: ObjectiveResult[]
  /** Why it is not PASS, and what PASS leaves open; one sentence part each. */
  reasons: string[]
}

/** What is known of a run besides its objectives. */
export interface RunEvidence {
  delivery: LoadDelivery
  /** Why the load of several k6 is not the planned one. */
  instanceFaults?: readonly string[]
  /** Where the run is one of several parts of a load: its name. */
  part?: string | undefined
  /** Why the samples cannot be trusted. */
  sampleFaults: readonly string[]
  /** Why the generator cannot be trusted. */
  generatorFaults: readonly string[]
  /** What nobody can know of this run, and PASS would need: it is MARGINAL at best. */
  doubts?: readonly string[] | undefined
  /** Missed thresholds that no objective has put there. */
  foreignThresholds: readonly string[]
  /** The objective that ended the run, and what it measured then. */
  stoppedBy?: StopReason | undefined
}

/**
 * The run takes its worst required objective; where none was judged it is NO_DATA, and where the planned
 * load was not delivered, or not soundly measured, INVALID, whatever was measured. A run that an
 * objective with `stop` has ended is a FAIL.
 */
export function judge(objectives: ObjectiveResult[], evidence: RunEvidence): RunVerdict {
  const { delivery, foreignThresholds, stoppedBy, part, doubts = [] } = evidence
  const partNote =
    part === undefined ? [] : [`${part} of the load only: "npm run k6 -- merge" judges all of it`]
  const found = [...objectives.flatMap(objectiveNote), ...foreignThresholds]
  const notes = [...partNote, ...found, ...doubts]

  const invalid = invalidReasons(evidence)
  if (invalid.length > 0) return { verdict: 'INVALID', objectives, reasons: [...invalid, ...notes] }
  if (stoppedBy && !stoppedBy.isResult) {
    const reason = `stopped by ${stoppedBy.id} after ${progress(delivery)}: ${stoppedBy.reason}`
    return { verdict: 'FAIL', objectives, reasons: [reason, ...notes] }
  }

  const judged = objectives.filter(({ level }) => level === 'required').flatMap(verdictOf)
  if (judged.length === 0) notes.unshift('no required objective could be judged')
  else {
    if (foreignThresholds.length > 0) judged.push('FAIL')
    if (doubts.length > 0) judged.push('MARGINAL')
  }
  return { verdict: worst(judged), objectives, reasons: notes }
}

// When an objective stops a run, the rest of the load is missing on purpose.
function invalidReasons({
  delivery,
  instanceFaults = [],
  sampleFaults,
  generatorFaults,
  stoppedBy,
}: RunEvidence): string[] {
  const { end, scriptFaults, loadFaults } = delivery
  const unsound = [...instanceFaults, ...sampleFaults, ...scriptFaults, ...generatorFaults]
  if (end === 'stopped-by-user')
    return [`stopped by the user after ${progress(delivery)}`, ...unsound]
  if (stoppedBy) return unsound
  const cut = end === 'cut-short' ? [`k6 ended after ${progress(delivery)}`] : []
  return [...cut, ...unsound, ...loadFaults]
}

function verdictOf({ verdict }: ObjectiveResult): Verdict[] {
  return VERDICTS.filter((each) => each === verdict)
}

function objectiveNote({ id, level, verdict, reason = '' }: ObjectiveResult): string[] {
  if (verdict === 'PASS' || verdict === 'not in this run') return []
  return [`${id}${level === 'advisory' ? ' (advisory)' : ''}: ${reason}`]
}

function progress({ elapsedSeconds, plannedSeconds }: LoadDelivery): string {
  return `${Math.round(elapsedSeconds)} s of ${Math.round(plannedSeconds)} s`
}
