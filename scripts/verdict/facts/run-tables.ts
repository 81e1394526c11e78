import { join } from 'node:path'
import type { RunPlan } from '../../../lib/plan.ts'
import { timelineOf } from '../../indicators/timeline.ts'
import type { SampleDatabase } from '../../samples/sample-database.ts'
import { hasRedirects, judgedTablesSql, type TablesSql } from './judged-tables.ts'

/** What the judged tables of a run are made from, besides its sample file. */
export interface TablesOf {
  plan: Pick<RunPlan, 'phases'>
  /** Of the load. */
  startMs: number
  /** k6 gave up following some redirects. */
  redirectsGivenUp: boolean
}

/** A sample file with the columns that it has. */
export interface SampleColumns {
  folder: string
  name: string
  columns: readonly string[]
}

/** SQL of the judged tables of a run: as it is run here, and as a person can run it in the folder of the run. */
export async function runTablesSql(
  database: SampleDatabase,
  { folder, name, columns }: SampleColumns,
  { plan, startMs, redirectsGivenUp }: TablesOf,
): Promise<{ here: TablesSql; inFolder: TablesSql }> {
  const parquet = join(folder, name)
  const redirects = (await hasRedirects(database, parquet, columns))
    ? { hasGivenUp: redirectsGivenUp }
    : undefined
  const input = { timeline: timelineOf(plan.phases, startMs), redirects }
  return {
    here: judgedTablesSql(parquet, columns, input),
    inFolder: judgedTablesSql(name, columns, input),
  }
}

/** A file for whoever repeats the SQL of an objective; the toolkit itself never reads it. */
export const TABLES_FILE = 'tables.sql'

/** What `tables.sql` holds. */
export function tablesText({ requests, operations, samples }: TablesSql): string {
  return `-- The tables that the "sql" of each objective in verdict.json reads: start DuckDB in this folder.
CREATE VIEW requests AS ${requests};
CREATE VIEW operations AS ${operations};
CREATE VIEW samples AS ${samples};
`
}
