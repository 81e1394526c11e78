import { isUtf8 } from 'node:buffer'

/** A field as k6 writes it: quoted where it holds a comma, a quote or a line break. */
const FIELD = '(?:"[^"]*(?:""[^"]*)*"|[^",\\r\\n]*)'
const METRIC = /[A-Za-z_]\w*/.source
const VALUE = /[-+]?(?:\d+(?:\.\d+)?|Inf)|NaN/.source

/** What the lines of a file look like. */
export interface LineFormat {
  /** The first three are k6's own. */
  columns: readonly string[]
  /** Source of a regular expression. */
  time: string
}

/** Whether a text, without the line break at its end, is one sample of k6's. */
export type IsSample = (line: Buffer) => boolean

/** Tells samples from what is none. */
export function sampleTest({ columns, time }: LineFormat): IsSample {
  const tags = `(?:,${FIELD}){${columns.length - 3}}`
  const pattern = new RegExp(`^${METRIC},${time},(?:${VALUE})${tags}$`)
  return (line) => pattern.test(line.toString('latin1')) && isUtf8(line)
}

const SHOWN_LENGTH = 40

/** Why a line is no sample, as a sentence part. */
export function lineFault(line: Buffer, { columns, time: pattern }: LineFormat): string {
  const text = line.toString()
  const fields = text.split(',')
  const [metric = '', time = '', value = ''] = fields
  if (!isUtf8(line)) return 'bytes that are no text (UTF-8)'
  if (text.includes('"') && !new RegExp(`^${FIELD}(?:,${FIELD})*$`).test(text)) {
    return 'a quote that is never closed, or stands where none belongs'
  }
  if (fields.length !== columns.length && !text.includes('"')) {
    return `${fields.length} columns instead of ${columns.length}`
  }
  if (!matches(metric, METRIC)) return `no metric: ${shown(metric)}`
  if (!matches(time, pattern)) return `no timestamp: ${shown(time)}`
  if (!matches(value, VALUE)) return `no metric_value: ${shown(value)}`
  return `not the ${columns.length} columns of the first line`
}

function matches(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(text)
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, SHOWN_LENGTH))
}
