/** Of an objective or of a run, best first. */
export const VERDICTS = ['PASS', 'MARGINAL', 'FAIL', 'NO_DATA', 'INVALID'] as const

/**
 * PASS: the limit holds. MARGINAL: too close to tell. FAIL: the limit is missed. NO_DATA: too few
 * samples to say. INVALID: the run was not the planned one, so nothing it measured counts.
 */
export type Verdict = (typeof VERDICTS)[number]

/** The worst of some verdicts: INVALID > NO_DATA > FAIL > MARGINAL > PASS; of none, NO_DATA. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  const ranks = verdicts.map((verdict) => VERDICTS.indexOf(verdict))
  return VERDICTS[Math.max(...ranks)] ?? 'NO_DATA'
}
