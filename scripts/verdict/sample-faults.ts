import type { SampleReport } from '../samples/convert.ts'
import type { FileReport } from '../samples/file-report.ts'
import type { Summary } from './read-summary.ts'
import type { RunFacts } from './run-facts.ts'

/** What one k6 said at its end, beside its samples. */
export interface InstanceEvidence {
  /** Missing for the only k6 of a run. */
  name?: string
  /** Missing when k6 was killed. */
  summary: Summary | undefined
  /** Errors of its log. */
  errors: readonly string[]
}

export interface SampleEvidence {
  report: SampleReport
  facts: RunFacts
  instances: readonly InstanceEvidence[]
}

/** What k6 says when it cannot write the file, such as on a full disk. */
const WRITE_ERROR = /CSV: Error (writing|flushing)|no space left on device/i

/** Why the samples are not all that happened, or not when they say it did; one sentence part each. */
export function sampleFaults({ report, facts, instances }: SampleEvidence): string[] {
  const faults = instances.flatMap((instance) => {
    const { name } = instance
    if (name === undefined) {
      const { requests } = facts
      return [...fileFaults(report, report.rows), ...endFaults(instance, requests)]
    }
    const file = report.instances?.find((each) => each.instance === name)
    const requests = facts.requestsOf?.[name] ?? 0
    const own = [...(file ? fileFaults(file) : [NOTHING]), ...endFaults(instance, requests)]
    return own.map((fault) => `instance ${name}: ${fault}`)
  })
  return [...faults, ...valueFaults(facts)]
}

const NOTHING = 'it recorded nothing'

function fileFaults({ rejectedLines, firstRejected, isTorn }: FileReport, rows?: number): string[] {
  const faults: string[] = []
  if (rejectedLines > 0) {
    const [first] = firstRejected
    const where = first ? `, first line ${first.line}: ${first.reason}` : ''
    const of = rows === undefined ? '' : ` of ${rows + rejectedLines}`
    faults.push(`samples.csv is damaged: ${rejectedLines}${of} lines are no samples${where}`)
  }
  if (isTorn)
    faults.push('samples.csv ends in the middle of a line: k6 was killed, or the disk was full')
  return faults
}

function endFaults({ summary, errors }: InstanceEvidence, requests: number): string[] {
  const writeError = errors.find((error) => WRITE_ERROR.test(error))
  const ofWriting =
    writeError === undefined ? [] : [`k6 could not record every sample: ${writeError}`]
  return [...ofWriting, ...countFaults(requests, summary)]
}

// k6 counts on its own what it also records.
function countFaults(requests: number, summary: Summary | undefined): string[] {
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
