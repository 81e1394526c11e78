import { EXTRA_TAGS, readCsv } from './csv-source.ts'
import { identifier, literal, type SampleDatabase } from './sample-database.ts'
import type { TimeFormat } from './time-format.ts'

/** Type of `extra_tags` in the join: each distinct text is one of its values. */
const TEXT_TYPE = 'tag_text'
const TABLE = 'tag_values'

/** The tags of a file as columns of their own. */
export interface TagColumns {
  /** Tag to column: the same name, unless a column has it already. */
  columns: Map<string, string>
  /** Goes after FROM, where `raw` is the file. */
  join: string
  /** Goes into SELECT. */
  select: string[]
}

export interface TagSource {
  /** CSV files with the same columns. */
  paths: readonly string[]
  columns: readonly string[]
  time: TimeFormat
  /** Names of other columns. */
  taken: readonly string[]
}

/**
 * Takes the texts of `extra_tags` apart, once for each distinct text: a run has dozens of them, and
 * millions of rows. With the column as an enumeration the rest is a join of small numbers, which costs a
 * tenth of reading the file. Finding the texts is a scan of that one column: it takes 1.5 of 7.5 s for ten
 * million rows, and keeping the rows until the texts are known would take 3.4. (The column is read as
 * text, since DuckDB does not reject but throw at a text that is no UTF-8 while it looks for it in an
 * enumeration.)
 */
export async function tagColumns(
  database: SampleDatabase,
  { paths, columns, taken, time }: TagSource,
): Promise<TagColumns> {
  const raw = readCsv(paths, columns, { keepsRejects: false, time })
  await database.run(`CREATE OR REPLACE TABLE ${TABLE} AS
    SELECT DISTINCT ${EXTRA_TAGS} AS text FROM ${raw} WHERE ${EXTRA_TAGS} IS NOT NULL`)
  await database.run(`DROP TYPE IF EXISTS ${TEXT_TYPE}`)
  await database.run(`CREATE TYPE ${TEXT_TYPE} AS ENUM (SELECT text FROM ${TABLE})`)
  const texts = await database.rows<{ text: string }>(`SELECT text FROM ${TABLE}`)
  const parsed = texts.map(({ text }) => ({ text, tags: parseTagText(text) }))
  // Of names that differ in capitals only, the one without any comes first: it may be the toolkit's.
  const names = [...new Set(parsed.flatMap(({ tags }) => Object.keys(tags)))].sort().reverse()
  const byTag = columnNames(names, taken)
  await fillValues(database, parsed, byTag)
  return {
    columns: byTag,
    join: `LEFT JOIN tag_codes ON enum_code(CAST(raw.${EXTRA_TAGS} AS ${TEXT_TYPE})) = tag_codes.k6v_code`,
    select: [...byTag.values()].map((column) => `tag_codes.${identifier(column)}`),
  }
}

// SQL knows no capitals, a tag may be called `value`, and no name may hold what ends a text.
function columnNames(tags: readonly string[], taken: readonly string[]): Map<string, string> {
  const used = new Set(taken.map((name) => name.toLowerCase()))
  return new Map(
    tags.map((tag) => {
      let column = tag.replaceAll('\0', '\uFFFD')
      while (used.has(column.toLowerCase())) column = `tag_${column}`
      used.add(column.toLowerCase())
      return [tag, column]
    }),
  )
}

const ROWS_PER_INSERT = 1_000

async function fillValues(
  database: SampleDatabase,
  parsed: { text: string; tags: Record<string, string> }[],
  columns: ReadonlyMap<string, string>,
): Promise<void> {
  const definitions = [...columns.values()].map((column) => `, ${identifier(column)} VARCHAR`)
  await database.run(`CREATE OR REPLACE TABLE tag_texts (k6v_text VARCHAR${definitions.join('')})`)
  for (let at = 0; at < parsed.length; at += ROWS_PER_INSERT) {
    const rows = parsed.slice(at, at + ROWS_PER_INSERT).map(({ text, tags }) => {
      const own = new Map(Object.entries(tags))
      const values = [...columns.keys()].map((tag) => `, ${sqlValue(own.get(tag))}`)
      return `(${literal(text)}${values.join('')})`
    })
    await database.run(`INSERT INTO tag_texts VALUES ${rows.join(', ')}`)
  }
  // In one go: each literal that is cast brings the whole enumeration with it.
  await database.run(`CREATE OR REPLACE TABLE tag_codes AS
    SELECT enum_code(CAST(k6v_text AS ${TEXT_TYPE})) AS k6v_code, * EXCLUDE (k6v_text)
    FROM tag_texts`)
  await database.run('DROP TABLE tag_texts')
}

function sqlValue(value: string | undefined): string {
  return value === undefined ? 'NULL' : literal(value)
}

/**
 * Tags of k6's `extra_tags` column: `phase=hold&operation=enhance`, in any order and not escaped
 * (k6 v2.2.0, internal/output/csv). A part without `=` can only be the rest of a value that held an
 * `&`; a `=` after the first belongs to the value. A value with both is not to be told apart from two
 * tags, so it is read as two.
 */
export function parseTagText(text: string): Record<string, string> {
  const tags: [name: string, value: string][] = []
  for (const part of text.split('&')) {
    const at = part.indexOf('=')
    const last = tags.at(-1)
    if (at > 0) tags.push([part.slice(0, at), part.slice(at + 1)])
    else if (last) last[1] += `&${part}`
  }
  return Object.fromEntries(tags)
}
