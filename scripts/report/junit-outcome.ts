import { judgementOf, type ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import { type Judgement, verdictText } from '../verdict/verdict.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { wouldBeText } from './objective-text.ts'

/** What a test case says; `failure` and `error` are red. */
export interface CaseOutcome {
  kind: 'passed' | 'failure' | 'error' | 'skipped'
  /** The verdict behind it. */
  type: string
  message?: string
  /** What a green case leaves open. */
  note?: string
}

/** An objective as a test case: an advisory one is never red, and a close PASS only where it is strict. */
export function objectiveOutcome(row: ObjectiveResult, strict: boolean): CaseOutcome {
  const { level, reason: { text } = { text: '' } } = row
  const judgement = judgementOf(row)
  if (!judgement) return { kind: 'skipped', type: row.verdict, message: text }
  const word = verdictText(judgement)
  const message = text === '' ? word : `${word}: ${text}`
  if (level === 'advisory') {
    const isGood = word === 'PASS'
    return { kind: 'passed', type: word, ...(!isGood && { note: `advisory, ${message}` }) }
  }
  return outcomeOf(judgement, message, strict)
}

/** The run as a test case, which is red for what no objective tells: INVALID, a stop, k6's own thresholds. */
export function runOutcome(
  run: Pick<VerdictFile, 'verdict' | 'isClose' | 'reasons' | 'wouldBe'>,
  objectives: readonly CaseOutcome[],
  strict: boolean,
): CaseOutcome {
  const { verdict, reasons, wouldBe } = run
  const texts = [...(wouldBe ? [wouldBeText(wouldBe)] : []), ...reasons.map(({ text }) => text)]
  const message = [verdictText(run), ...texts].join('\n- ')
  const isTold = objectives.some(({ kind }) => kind === 'failure' || kind === 'error')
  const own = outcomeOf(run, message, strict)
  if (verdict === 'INVALID' || !isTold || own.kind === 'passed') return own
  return { kind: 'passed', type: verdictText(run), note: message }
}

function outcomeOf(judgement: Judgement, message: string, strict: boolean): CaseOutcome {
  const { verdict, isClose } = judgement
  const type = verdictText(judgement)
  switch (verdict) {
    case 'PASS':
      if (!isClose) return { kind: 'passed', type }
      return strict ? { kind: 'failure', type, message } : { kind: 'passed', type, note: message }
    case 'NO_OBJECTIVES':
      return { kind: 'skipped', type, message }
    case 'FAIL':
      return { kind: 'failure', type, message }
    case 'NO_DATA':
    case 'INVALID':
      return { kind: 'error', type, message }
  }
}
