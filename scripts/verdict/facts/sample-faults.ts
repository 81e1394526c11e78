import type { SampleReport } from '../../samples/convert.ts'
import type { FileReport } from '../../samples/file-report.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import { missingSamples } from './missing-samples.ts'
import type { Summary } from './read-summary.ts'
import type { MetricCounts, RecordedCounts } from './recorded-counts.ts'
import type { RunFacts } from './run-facts.ts'

/** What one k6 left beside its samples. */
export interface InstanceEvidence {
  /** Missing for the only k6 of a run. */
  name?: string
  /** Missing when k6 was killed. */
  summary: Summary | undefined
  /** Whoever recorded has kept the samples only: no summary is expected. */
  isSamplesOnly?: boolean
  /** Errors of its log. */
  errors: readonly string[]
  /** The last one that k6 itself has told. */
  lastOwnError?: string | undefined
  /** Missing where a signal killed it. */
  exitCode?: number | undefined
  /** Redirects that it gave up following, by its log. */
  redirectsGivenUp?: number
  /** Iterations that threw, by its log. */
  exceptions?: number
  /** The same of each k6 scenario. */
  threwIn?: Readonly<Record<string, number>>
  /** Iterations that it cut when their time was over. */
  interruptedIterations?: number | undefined
}

export interface SampleEvidence {
  report: SampleReport
  facts: Pick<RunFacts, 'samplesOutOfTime' | 'samplesNotFinite'>
  recorded: RecordedCounts
  instances: readonly InstanceEvidence[]
}

/** What k6 says when it cannot write the file, such as on a full disk. */
const WRITE_ERROR = /CSV: Error (writing|flushing)|no space left on device/i

/** Why the samples are not all that happened, or not when they say it did. */
export function sampleFaults({ report, facts, recorded, instances }: SampleEvidence): Reason[] {
  const faults = instances.flatMap((instance) => {
    const { name } = instance
    if (name === undefined) {
      return [...fileFaults(report), ...endFaults(instance, report, recorded[''])]
    }
    const file = report.instances?.find((each) => each.instance === name)
    const own = file ? fileFaults(file) : [reason('NOTHING_RECORDED', {})]
    return [...own, ...endFaults(instance, file ?? {}, recorded[name])].map((fault) =>
      ofInstance(name, fault),
    )
  })
  return [...faults, ...valueFaults(facts)]
}

/** The same reason, said of one k6 of several. */
function ofInstance(name: string, { code, text, data }: Reason): Reason {
  return { code, text: `instance ${name}: ${text}`, data: { instance: name, ...data } }
}

function fileFaults({ rejectedLines, firstRejected, isTorn, headerFault }: FileReport): Reason[] {
  if (headerFault !== undefined) return [reason('SAMPLES_HEADER_DAMAGED', { fault: headerFault })]
  const [first] = firstRejected
  const where = first ? `line ${first.line}: ${first.reason}` : 'an unknown line'
  const damage = { rows: rejectedLines, first: where }
  return [
    ...(rejectedLines > 0 ? [reason('SAMPLES_DAMAGED', damage)] : []),
    ...(isTorn ? [reason('SAMPLES_CUT', {})] : []),
  ]
}

// Of a file that could not be read all would be missing.
function endFaults(
  { summary, errors, isSamplesOnly }: InstanceEvidence,
  { headerFault }: Partial<FileReport>,
  recorded: MetricCounts = {},
): Reason[] {
  const message = errors.find((error) => WRITE_ERROR.test(error))
  const unwritten = message === undefined ? [] : [reason('SAMPLES_NOT_WRITTEN', { message })]
  if (isSamplesOnly) return unwritten
  if (!summary) return [...unwritten, reason('SUMMARY_MISSING', {})]
  return headerFault === undefined
    ? [...unwritten, ...missingSamples(summary, recorded)]
    : unwritten
}

function valueFaults({ samplesOutOfTime, samplesNotFinite }: SampleEvidence['facts']): Reason[] {
  return [
    ...(samplesNotFinite > 0 ? [reason('SAMPLES_NOT_FINITE', { samples: samplesNotFinite })] : []),
    ...(samplesOutOfTime > 0 ? [reason('SAMPLES_OUT_OF_TIME', { samples: samplesOutOfTime })] : []),
  ]
}
