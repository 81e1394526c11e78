import type { Verdict } from './verdict.ts'

export const EXIT_FAIL = 99
export const EXIT_NO_DATA = 90
export const EXIT_INVALID = 91

const EXIT_BROKEN = 1

/** k6's, after a signal. */
const EXIT_STOPPED = 105

export interface RunEnd {
  /** Undefined when there was nothing to judge, such as no summary. */
  verdict: Verdict | undefined
  /** Undefined when a signal killed k6. */
  k6ExitCode: number | undefined
  /** An objective ended the run, by a signal to k6. */
  isStoppedEarly?: boolean
  /** `--strict`: MARGINAL is not good enough. */
  strict?: boolean
}

/**
 * The process exit code of a run.
 *
 * | k6 exits with             | verdict      | exit code           |
 * |---------------------------|--------------|---------------------|
 * | 0 or 99                   | PASS         | 0                   |
 * | 0 or 99                   | MARGINAL     | 0, with strict 99   |
 * | 0 or 99                   | FAIL         | 99                  |
 * | 0 or 99                   | NO_DATA      | 90                  |
 * | 0 or 99                   | INVALID, none | 91                 |
 * | 105, when an objective stopped it | as for 0 |                 |
 * | 97, 98, 100 to 110        | any          | k6's own            |
 * | anything else, or killed  | any          | 1                   |
 *
 * k6's own 99 says nothing more: its thresholds are the verdict's objectives, judged without windows.
 */
export function exitCode({ verdict, k6ExitCode, isStoppedEarly, strict }: RunEnd): number {
  const isWhole = k6ExitCode === 0 || k6ExitCode === EXIT_FAIL
  const isStopped = isStoppedEarly && k6ExitCode === EXIT_STOPPED
  if (!isWhole && !isStopped) return brokenExitCode(k6ExitCode)
  switch (verdict) {
    case 'PASS':
      return 0
    case 'MARGINAL':
      return strict ? EXIT_FAIL : 0
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
