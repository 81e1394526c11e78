import type { SampleReport } from '../samples/convert.ts'
import type { Summary } from './read-summary.ts'
import type { RunFacts } from './run-facts.ts'

export interface SampleEvidence {
  report: SampleReport
  facts: RunFacts
  /** Missing when k6 was killed. */
  summary: Summary | undefined
  /** Errors of k6's log. */
  errors: readonly string[]
}

/** What k6 says when it cannot write the file, such as on a full disk. */
const WRITE_ERROR = /CSV: Error (writing|flushing)|no space left on device/i

/** Why the samples are not all that happened, or not when they say it did; one sentence part each. */
export function sampleFaults({ report, facts, summary, errors }: SampleEvidence): string[] {
  const { rejectedLines, firstRejected, isTorn, rows } = report
  const faults: string[] = []
  if (rejectedLines > 0) {
    const [first] = firstRejected
    const where = first ? `, first line ${first.line}: ${first.reason}` : ''
    faults.push(
      `samples.csv is damaged: ${rejectedLines} of ${rows + rejectedLines} lines are no samples${where}`,
    )
  }
  if (isTorn)
    faults.push('samples.csv ends in the middle of a line: k6 was killed, or the disk was full')
  const writeError = errors.find((error) => WRITE_ERROR.test(error))
  if (writeError !== undefined) faults.push(`k6 could not record every sample: ${writeError}`)
  return [...faults, ...countFaults(facts, summary), ...valueFaults(facts)]
}

// k6 counts on its own what it also records.
function countFaults({ requests }: RunFacts, summary: Summary | undefined): string[] {
  if (!summary) return ['k6 ended without a summary, so its last samples may be missing']
  const counted = summary.metrics['http_reqs']?.values['count'] ?? 0
  return counted === requests ? [] : [`k6 sent ${counted} requests, ${requests} were recorded`]
}

function valueFaults({ samplesOutOfTime, samplesNotFinite }: RunFacts): string[] {
  return [
    ...(samplesNotFinite > 0 ? [`${samplesNotFinite} samples are no numbers`] : []),
    ...(samplesOutOfTime > 0
      ? [`${samplesOutOfTime} samples lie outside of the time of the run: the clock jumped`]
      : []),
  ]
}
