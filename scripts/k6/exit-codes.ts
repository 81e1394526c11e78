/** What k6's own exit codes mean (k6 v2.2.0, errext/exitcodes/codes.go). */
const MEANINGS: Record<number, string> = {
  97: 'the cloud test run failed',
  98: 'the cloud gave no progress',
  99: 'a threshold was crossed',
  100: 'setup() took too long',
  101: 'teardown() took too long',
  102: 'k6 timed out',
  103: 'stopped through the REST API',
  104: 'k6 refused the configuration',
  105: 'stopped by a signal',
  106: 'the REST API could not start',
  107: 'the script threw in its init code, setup() or teardown()',
  108: 'the script aborted the test',
  109: 'k6 itself crashed',
  110: 'the script marked the test as failed',
}

/** The whole load was made: no threshold was crossed, one was, or the script has marked the test as failed. */
export const WHOLE_LOAD_EXITS: readonly number[] = [0, 99, 110]

/** `k6 exit code 107: the script threw …` */
export function describeExit(exitCode: number | undefined): string {
  if (exitCode === undefined) return 'k6 was killed by a signal'
  return `k6 exit code ${exitCode}: ${exitMeaning(exitCode)}`
}

/** `the script threw in its init code, setup() or teardown()` */
export function exitMeaning(exitCode: number): string {
  return MEANINGS[exitCode] ?? 'k6 gives no reason for it'
}
