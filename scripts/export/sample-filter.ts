import { identifier, literal, type SampleDatabase } from '../samples/sample-database.ts'
import { nearest } from '../core/nearest.ts'
import { noSuchSamples } from './errors.ts'

/** Which samples; what is left out leaves all. */
export interface SampleFilter {
  /** Microseconds since 1970, of the sample's own time; the end excluded. */
  fromUs?: number | undefined
  toUs?: number | undefined
  /** Values by the option that names them; several of one option are alternatives. */
  metric: readonly string[]
  endpoint: readonly string[]
  segment: readonly string[]
  region: readonly string[]
}

const COLUMNS = {
  metric: 'metric',
  endpoint: 'name',
  segment: 'segment',
  region: 'region',
} as const

type Selector = keyof typeof COLUMNS

/** Values that a typing error is compared with: a URL for each request makes millions. */
const KNOWN_MAX = 10_000

const KNOWN_SHOWN = 50

export interface SampleTable {
  database: SampleDatabase
  /** SQL of the table. */
  source: string
  columns: readonly string[]
}

/**
 * SQL for the samples of a filter.
 *
 * @throws when a value is in no sample, with the ones most like it: a typing error would else be an
 *   empty file
 */
export async function filterSql(table: SampleTable, filter: SampleFilter): Promise<string> {
  const conditions = [
    ...(filter.fromUs === undefined ? [] : [`end_us >= ${filter.fromUs}`]),
    ...(filter.toUs === undefined ? [] : [`end_us < ${filter.toUs}`]),
  ]
  for (const selector of Object.keys(COLUMNS) as Selector[]) {
    const values = filter[selector]
    if (values.length === 0) continue
    await requireKnown(table, selector, values)
    const list = values.map(literal).join(', ')
    conditions.push(`${identifier(COLUMNS[selector])} IN (${list})`)
  }
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

async function requireKnown(
  table: SampleTable,
  selector: Selector,
  values: readonly string[],
): Promise<void> {
  const column = identifier(COLUMNS[selector])
  const isThere = table.columns.includes(COLUMNS[selector])
  const list = values.map(literal).join(', ')
  const found = isThere ? await distinct(table, column, `${column} IN (${list})`) : []
  const value = values.find((each) => !found.includes(each))
  if (value === undefined) return
  const known = isThere ? await distinct(table, column, `${column} IS NOT NULL`) : []
  const rest = known.length > KNOWN_SHOWN ? ['…'] : []
  throw noSuchSamples({ option: `--${selector}`, value, guess: nearest(value, known) }, [
    ...known.slice(0, KNOWN_SHOWN),
    ...rest,
  ])
}

async function distinct(table: SampleTable, column: string, where: string): Promise<string[]> {
  const rows = await table.database.rows<{ value: string }>(`SELECT DISTINCT ${column} AS value
FROM ${table.source} WHERE ${where} ORDER BY 1 LIMIT ${KNOWN_MAX}`)
  return rows.map(({ value }) => value)
}
