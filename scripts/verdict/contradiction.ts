import type { ReasonCode } from '../reasons/reasons.ts'
import type { RunVerdict } from './judge.ts'
import { judgementOf } from './rules/judge-objective.ts'
import { type Judgement, verdictText, worst } from './verdict.ts'

/** Codes of a run, by what each makes of it at best; docs/verdict.md has the same table. */
export const AT_BEST = {
  INVALID: [
    ...(['STOPPED_BY_USER', 'ENDED_EARLY', 'K6_KILLED', 'K6_BROKE', 'DEADLINE_PASSED'] as const),
    ...(['RUN_NOT_FINISHED', 'SAMPLES_UNEVEN', 'SAMPLES_HEADER_DAMAGED'] as const),
    ...(['SCRIPT_ABORTED', 'SCRIPT_FAILED', 'SCRIPT_THREW', 'CLOUD_BROKE'] as const),
    ...(['INSTANCE_FAILED', 'STARTED_APART', 'STARTED_LATE', 'NOTHING_RECORDED'] as const),
    ...(['NO_ITERATION', 'VUS_MISSING', 'LOAD_NOT_OFFERED', 'POOL_TOO_SMALL'] as const),
    ...(['LOG_IN_FAILED', 'SAMPLES_DAMAGED', 'SAMPLES_CUT', 'SAMPLES_NOT_WRITTEN'] as const),
    ...(['SAMPLES_MISSING', 'SAMPLES_OUT_OF_TIME', 'SAMPLES_NOT_FINITE'] as const),
    ...(['SUMMARY_MISSING', 'PUSHES_LOST', 'PUSHES_LATE', 'END_UNKNOWN'] as const),
    ...(['GENERATOR_CPU_SATURATED', 'GENERATOR_CPU_STARVED', 'GENERATOR_UNPROVEN'] as const),
    ...(['GENERATOR_MEMORY_LIMIT', 'GENERATOR_MEMORY_FULL', 'CLOCK_JUMPED'] as const),
    ...(['GENERATOR_MEMORY_ENDED', 'SCENARIO_SHORT'] as const),
  ],
  FAIL: [
    ...(['STOPPED_BY_OBJECTIVE', 'TARGET_TOO_SLOW', 'LOG_IN_UNANSWERED'] as const),
    ...(['MARKED_FAILED', 'THRESHOLD_CROSSED', 'CLOUD_FAILED', 'REDIRECT_REFUSED'] as const),
  ],
  NO_DATA: [
    ...(['NOTHING_JUDGED', 'OPERATION_NEVER_RAN', 'ENDPOINT_NEVER_CALLED'] as const),
    'RESULT_UNKNOWN',
  ],
  NO_OBJECTIVES: ['NO_OBJECTIVES'],
} as const satisfies Record<string, readonly ReasonCode[]>

/**
 * Where a verdict is better than its own reasons and required objectives allow, as one that somebody has edited;
 * a sentence part.
 */
export function contradiction(file: RunVerdict): string | undefined {
  const { verdict, isClose = false, wouldBe, objectives, reasons } = file
  const hasCode = (codes: readonly ReasonCode[]) => reasons.find(({ code }) => codes.includes(code))
  const invalid = hasCode(AT_BEST.INVALID)
  if (verdict === 'INVALID') return undefined
  if (invalid) return `its verdict is ${verdict}, and its reason ${invalid.code} makes it INVALID`
  if (wouldBe) return `its verdict is ${verdict}, and "wouldBe" is of an INVALID run only`
  const own = { verdict, isClose }
  const allowed = worst([
    own,
    ...objectives
      .filter(({ level }) => level === 'required')
      .flatMap((row) => judgementOf(row) ?? []),
    ...(['FAIL', 'NO_DATA', 'NO_OBJECTIVES'] as const).flatMap((bound): Judgement[] =>
      hasCode(AT_BEST[bound]) ? [{ verdict: bound }] : [],
    ),
  ])
  if (allowed === own) return undefined
  return `its verdict is ${verdictText(own)}, and its reasons and required objectives make it ${verdictText(allowed)}`
}
