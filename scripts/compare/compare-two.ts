import { say } from '../core/console.ts'
import { comparability } from './comparability.ts'
import { compareRuns } from './compare-runs.ts'
import { notComparable } from './errors.ts'
import { readRun } from './read-run.ts'
import { comparisonReport } from './comparison-report.ts'

/**
 * Prints two runs side by side; 0 whatever they say, since one run each is no proof.
 *
 * @throws ToolkitError when one cannot be read, is INVALID, or they are not runs of the same test
 */
export async function compareTwo(before: string, now: string): Promise<number> {
  const baseline = await readRun(before)
  const candidate = await readRun(now)
  const { refusals, warnings } = comparability(baseline, candidate)
  if (refusals.length > 0) throw notComparable(refusals)
  const comparison = compareRuns(baseline, candidate)
  say(comparisonReport({ baseline, candidate, warnings, comparison }))
  return 0
}
