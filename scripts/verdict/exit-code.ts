import type { Verdict } from './verdict.ts'

export const EXIT_FAIL = 99
export const EXIT_NO_DATA = 90
export const EXIT_INVALID = 91

const EXIT_BROKEN = 1

export interface RunEnd {
  /** Undefined when there was nothing to judge, such as no summary. */
  verdict: Verdict | undefined
  /** Undefined when a signal killed k6. */
  k6ExitCode: number | undefined
  /** `--strict`: MARGINAL is not good enough. */
  strict?: boolean
}

/**
 * The process exit code of a run.
 *
 * | k6 exits with             | verdict      | exit code           |
 * |---------------------------|--------------|---------------------|
 * | 0                         | PASS         | 0                   |
 * | 0                         | MARGINAL     | 0, with strict 99   |
 * | 99                        | PASS, MARGINAL | 99                |
 * | 0 or 99                   | FAIL         | 99                  |
 * | 0 or 99                   | NO_DATA      | 90                  |
 * | 0 or 99                   | INVALID, none | 91                 |
 * | 97, 98, 100 to 110        | any          | k6's own            |
 * | anything else, or killed  | any          | 1                   |
 */
export function exitCode({ verdict, k6ExitCode, strict = false }: RunEnd): number {
  if (k6ExitCode !== 0 && k6ExitCode !== EXIT_FAIL) return brokenExitCode(k6ExitCode)
  switch (verdict) {
    case 'PASS':
      // k6 may have crossed a threshold that is not ours: its 99 never becomes a 0.
      return k6ExitCode
    case 'MARGINAL':
      return strict ? EXIT_FAIL : k6ExitCode
    case 'FAIL':
      return EXIT_FAIL
    case 'NO_DATA':
      return EXIT_NO_DATA
    default:
      return EXIT_INVALID
  }
}

// k6's own codes have documented meanings (105 is Ctrl+C, 107 an exception in setup()).
function brokenExitCode(k6ExitCode: number | undefined): number {
  const isOwn = k6ExitCode !== undefined && k6ExitCode >= 97 && k6ExitCode <= 110
  return isOwn ? k6ExitCode : EXIT_BROKEN
}
