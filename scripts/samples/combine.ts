import { rename } from 'node:fs/promises'
import { type SampleReport, tableFacts } from './convert.ts'
import { joinedReport } from './file-report.ts'
import { INSTANCE_COLUMN } from './sample-table.ts'
import { literal, pathLiteral, type SampleDatabase } from './sample-database.ts'

/** A sample file that an earlier run has made, with what was said of it then. */
export interface EarlierTable {
  parquet: string
  report: SampleReport
}

export interface Combination {
  database: SampleDatabase
  /** Each with a column `instance`; no two with the same instance. */
  tables: readonly EarlierTable[]
  parquet: string
}

/** Puts the sample files of several machines into one. Tags that only some of them have stay empty elsewhere. */
export async function combineSamples(combination: Combination): Promise<SampleReport> {
  const { database, tables, parquet } = combination
  const lacking = tables.find(({ report }) => !report.columns.includes(INSTANCE_COLUMN))
  if (lacking) throw new Error(`Expected a column ${INSTANCE_COLUMN} in ${lacking.parquet}`)
  const files = tables.map((table) => pathLiteral(table.parquet)).join(', ')
  const partial = `${parquet}.partial`
  await database.run(`COPY (SELECT * FROM read_parquet([${files}], union_by_name = true))
    TO ${literal(partial)} (FORMAT parquet, COMPRESSION zstd)`)
  await rename(partial, parquet)
  const reports = tables.map(({ report }) => report)
  return {
    ...(await tableFacts(database, parquet)),
    ...joinedReport(reports),
    renamedTags: Object.assign({}, ...reports.map(({ renamedTags }) => renamedTags)) as Record<
      string,
      string
    >,
    instances: reports.flatMap(({ instances = [] }) => instances),
  }
}
