/** Of an objective or of a run, best first. */
export const VERDICTS = ['PASS', 'NO_OBJECTIVES', 'NO_DATA', 'FAIL', 'INVALID'] as const

/**
 * PASS: the limit is met. NO_OBJECTIVES: a script that has none ran soundly. FAIL: it is missed. NO_DATA: too few samples to say, and no proof of a miss.
 * INVALID: what was measured cannot be trusted.
 */
export type Verdict = (typeof VERDICTS)[number]

/** A verdict, and how sure it is. */
export interface Judgement {
  verdict: Verdict
  /** Of a PASS or FAIL: the truth may be on the other side of the limit. Missing means it is not. */
  isClose?: boolean
}

/**
 * The worst of some judgements: INVALID > FAIL > NO_DATA > NO_OBJECTIVES > PASS. A clear one is worse than a close FAIL is, and
 * a close PASS is worse than a clear one. Of none, NO_DATA.
 */
export function worst(judgements: readonly Judgement[]): Judgement {
  const [first, ...others] = judgements
  if (!first) return { verdict: 'NO_DATA' }
  return others.reduce((bad, each) => (rank(each) > rank(bad) ? each : bad), first)
}

function rank({ verdict, isClose = false }: Judgement): number {
  const place = 2 * VERDICTS.indexOf(verdict)
  if (!isClose) return place
  return verdict === 'PASS' ? place + 1 : place - 0.5
}

/** For people: `PASS`, `PASS (close)`, `FAIL (close)`. */
export function verdictText({ verdict, isClose = false }: Judgement): string {
  return isClose ? `${verdict} (close)` : verdict
}

/** One word for each degree, best first. */
export const VERDICT_WORDS = [
  'PASS',
  'MARGINAL',
  'NO_OBJECTIVES',
  'NO_DATA',
  'FAIL',
  'INVALID',
] as const

export type VerdictWord = (typeof VERDICT_WORDS)[number]

/** One word, for labels, colours and filters: a close PASS is MARGINAL. */
export function verdictWord({ verdict, isClose = false }: Judgement): VerdictWord {
  return verdict === 'PASS' && isClose ? 'MARGINAL' : verdict
}
