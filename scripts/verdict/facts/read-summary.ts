import { access } from 'node:fs/promises'
import { type FileFormat, readJson } from '../../core/read-json.ts'
import { FIGURE, FLAG, object, record } from '../../core/schema.ts'
import { EXIT_INVALID } from '../exit-code.ts'
import { summaryMissing } from './errors.ts'

/** k6's end-of-test summary: metrics and submetrics by name, such as `http_reqs{judged:yes}`. */
export interface Summary {
  metrics: Record<string, SummaryMetric>
}

export interface SummaryMetric {
  /**
   * As k6 names them. Counter: `count`, `rate`. Rate: `value`, `passes` (values that are not zero),
   * `fails`. Gauge: `value`, `min`, `max`. Trend: `options.summaryTrendStats`.
   */
  values: Record<string, number>
  /** Thresholds that were missed, as written: `p(95)<200`. */
  crossed: string[]
}

type RawMetric = Record<string, number | null> & { thresholds?: Record<string, boolean> }

const FORMAT: FileFormat = {
  what: 'a whole summary of k6',
  code: 'K6V_SUMMARY_BROKEN',
  hint: 'A full disk or a killed k6 tears files: free some space, then run again.',
  exitCode: EXIT_INVALID,
  schema: object({
    metrics: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        properties: { thresholds: record(FLAG) },
        // JSON has no NaN: k6 writes null for a statistic that has no value.
        additionalProperties: FIGURE,
      },
    },
  }),
}

/**
 * Reads what `k6 run --summary-export` has written (k6 v2: the flat shape).
 *
 * @throws ToolkitError `K6V_SUMMARY_MISSING` or `K6V_SUMMARY_BROKEN`
 */
export async function readSummary(path: string): Promise<Summary> {
  await access(path).catch((error: unknown) => {
    throw summaryMissing(path, error)
  })
  const data = await readJson<{ metrics: Record<string, RawMetric> }>(path, FORMAT)
  const metrics = Object.entries(data.metrics).map(([name, raw]) => [name, toMetric(raw)] as const)
  return { metrics: Object.fromEntries(metrics) }
}

function toMetric({ thresholds = {}, ...rest }: RawMetric): SummaryMetric {
  const values = Object.entries(rest).filter(([, value]) => typeof value === 'number')
  // In this file, true means that the threshold was missed (k6-v2 summary-wrapper.js).
  const crossed = Object.keys(thresholds).filter((threshold) => thresholds[threshold])
  return { values: Object.fromEntries(values) as Record<string, number>, crossed }
}
