import type { RunVerdict } from './judge.ts'

export const EXIT_FAIL = 99
export const EXIT_NO_DATA = 90
export const EXIT_INVALID = 91
/** As k6's own after a signal. */
export const EXIT_STOPPED = 105

export interface ExitOptions {
  /** `--strict`: a close PASS is not good enough. */
  strict?: boolean
}

/** What of a verdict decides the exit code. */
export type ExitFacts = Pick<RunVerdict, 'verdict' | 'isClose' | 'reasons' | 'k6ExitCode'>

/**
 * The process exit code of a verdict: 0 PASS, 99 FAIL (with `strict` also a close PASS), 90 NO_DATA, 91
 * INVALID, 105 where the user has stopped the run. Where k6 broke on a script of the user's own, k6's.
 */
export function exitCode(
  { verdict, isClose, reasons, k6ExitCode }: ExitFacts,
  { strict = false }: ExitOptions = {},
): number {
  if (k6ExitCode !== undefined) return k6ExitCode
  switch (verdict) {
    case 'NO_OBJECTIVES':
      return 0
    case 'PASS':
      return strict && isClose ? EXIT_FAIL : 0
    case 'FAIL':
      return EXIT_FAIL
    case 'NO_DATA':
      return EXIT_NO_DATA
    case 'INVALID':
      return reasons.some(({ code }) => code === 'STOPPED_BY_USER') ? EXIT_STOPPED : EXIT_INVALID
  }
}
