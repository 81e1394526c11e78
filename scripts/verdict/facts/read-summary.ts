import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { summaryBroken, summaryMissing } from './errors.ts'

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

const isSummary = new Ajv().compile<{ metrics: Record<string, RawMetric> }>({
  type: 'object',
  required: ['metrics'],
  properties: {
    metrics: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        properties: { thresholds: { type: 'object', additionalProperties: { type: 'boolean' } } },
        // JSON has no NaN: k6 writes null for a statistic that has no value.
        additionalProperties: { type: ['number', 'null'] },
      },
    },
  },
})

/**
 * Reads what `k6 run --summary-export` has written (k6 v2: the flat shape).
 *
 * @throws ToolkitError `K6V_SUMMARY_MISSING` or `K6V_SUMMARY_BROKEN`
 */
export async function readSummary(path: string): Promise<Summary> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw summaryMissing(path, error)
  })
  const data = parse(text, path)
  if (!isSummary(data)) {
    const { instancePath = '', message = '' } = isSummary.errors?.[0] ?? {}
    throw summaryBroken(path, `${instancePath || 'the file'} ${message}`)
  }
  const metrics = Object.entries(data.metrics).map(([name, raw]) => [name, toMetric(raw)] as const)
  return { metrics: Object.fromEntries(metrics) }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw summaryBroken(path, (error as Error).message)
  }
}

function toMetric({ thresholds = {}, ...rest }: RawMetric): SummaryMetric {
  const values = Object.entries(rest).filter(([, value]) => typeof value === 'number')
  // In this file, true means that the threshold was missed (k6-v2 summary-wrapper.js).
  const crossed = Object.keys(thresholds).filter((threshold) => thresholds[threshold])
  return { values: Object.fromEntries(values) as Record<string, number>, crossed }
}
