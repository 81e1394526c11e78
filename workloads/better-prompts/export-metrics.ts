import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { JUDGED_NEVER, JUDGED_TAG } from '../../lib/plan.ts'
import type { Response, Session } from '../../lib/session.ts'
import { getSummary } from './metrics-summary.ts'

const EXPORT = endpoint('GET /v1/metrics/export')

/** Everything that there is. */
const FROM = '2000-01-01T00:00:00.000Z'

interface File {
  rows: number
  /** The file has its end. */
  whole: boolean
}

// Counted without making an object of each of a hundred thousand rows.
const fileOf = (response: Response): File => {
  const text = response.body.trimEnd()
  if (text.startsWith('[')) return { rows: response.json('#') as number, whole: text.endsWith(']') }
  const lines = text.split('\n')
  const columns = (line = ''): number => line.split(',').length
  return { rows: lines.length - 1, whole: columns(lines[0]) === columns(lines.at(-1)) }
}

const validate = answerValidator<File, number>(EXPORT, {
  read: fileOf,
  rules: {
    whole: ({ whole }) => whole,
    'every-row-there': ({ rows }, prompts) => rows === prompts,
  },
})

/** Exports all prompts as CSV and compares the number of rows with the summary's. */
export const exportCsv = (session: Session): void => {
  exportAs('csv', session)
}

/** The same as JSON. */
export const exportJson = (session: Session): void => {
  exportAs('json', session)
}

const exportAs = (format: 'csv' | 'json', session: Session): void => {
  const range = { from: FROM, to: new Date().toISOString() }
  const { summary } = getSummary(session, range)
  if (!summary) return
  const query = { ...range, format, up_to_id: summary.up_to_id }
  // A file takes as long as it is large: that it is right is judged, its time is not.
  const response = session.send(EXPORT, undefined, { query, tags: { [JUDGED_TAG]: JUDGED_NEVER } })
  validate(response, summary.prompts)
}
