import type { ObjectiveResult } from '../verdict/judge-objective.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'

/** What a test case says; `failure` and `error` are red. */
export interface CaseOutcome {
  kind: 'passed' | 'failure' | 'error' | 'skipped'
  /** The verdict behind it. */
  type: string
  message?: string
  /** What a green case leaves open. */
  note?: string
}

/** An objective as a test case: an advisory one is never red, and MARGINAL only where it is strict. */
export function objectiveOutcome(row: ObjectiveResult, strict: boolean): CaseOutcome {
  const { verdict, level, reason = '' } = row
  const message = reason === '' ? verdict : `${verdict}: ${reason}`
  if (verdict === 'not in this run') return { kind: 'skipped', type: verdict, message: reason }
  if (level === 'advisory') {
    const isGood = verdict === 'PASS'
    return { kind: 'passed', type: verdict, ...(!isGood && { note: `advisory, ${message}` }) }
  }
  return outcomeOf(verdict, message, strict)
}

/** The run as a test case, which is red for what no objective tells: INVALID, a stop, k6's own thresholds. */
export function runOutcome(
  { verdict, reasons }: Pick<VerdictFile, 'verdict' | 'reasons'>,
  objectives: readonly CaseOutcome[],
  strict: boolean,
): CaseOutcome {
  const message = [verdict, ...reasons].join('\n- ')
  const isTold = objectives.some(({ kind }) => kind === 'failure' || kind === 'error')
  const own = outcomeOf(verdict, message, strict)
  if (verdict === 'INVALID' || !isTold || own.kind === 'passed') return own
  return { kind: 'passed', type: verdict, note: message }
}

function outcomeOf(verdict: Verdict, message: string, strict: boolean): CaseOutcome {
  switch (verdict) {
    case 'PASS':
      return { kind: 'passed', type: verdict }
    case 'MARGINAL':
      return strict
        ? { kind: 'failure', type: verdict, message }
        : { kind: 'passed', type: verdict, note: message }
    case 'FAIL':
      return { kind: 'failure', type: verdict, message }
    case 'NO_DATA':
    case 'INVALID':
      return { kind: 'error', type: verdict, message }
  }
}
