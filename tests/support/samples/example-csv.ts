// CSV files as k6 writes them, for the tests of this folder.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { convertSamples, type SampleReport } from '../../../scripts/samples/convert.ts'
import { literal, openDatabase } from '../../../scripts/samples/sample-database.ts'

/** Fields of a line, as they stand in the file: quoted where they need to be. */
export type ExampleLine = typeof LINE

const LINE = {
  metric_name: 'http_req_duration',
  timestamp: '1795274766000001',
  metric_value: '1.500000',
  check: '',
  error: '',
  name: 'GET /a',
  scenario: 'load',
  status: '200',
  extra_tags: 'phase=hold&operation=read',
  metadata: '',
}

export const HEADER = `${Object.keys(LINE).join(',')}\n`

/** One sample. */
export function line(changes: Partial<ExampleLine> = {}): string {
  return `${Object.values({ ...LINE, ...changes }).join(',')}\n`
}

export interface Converted {
  /** Undefined when nothing was recorded. */
  report: SampleReport | undefined
  /** In order of all columns. */
  rows: Record<string, unknown>[]
  csv: string
}

/** Writes a file, and reads it as the verdict does. */
export async function convert(
  t: TestContext,
  content: string | Buffer,
  threads = 2,
): Promise<Converted> {
  const folder = await exampleFolder(t)
  const [csv, parquet] = [join(folder, 'samples.csv'), join(folder, 'samples.parquet')]
  await writeFile(csv, content)
  const database = await openDatabase({ temporaryFolder: folder, threads })
  try {
    const report = await convertSamples({ database, csv, parquet })
    if (!report) return { report, rows: [], csv }
    const sql = `SELECT * FROM read_parquet(${literal(parquet)}) ORDER BY ALL`
    return { report, rows: await database.rows(sql), csv }
  } finally {
    database.close()
  }
}

/** A folder of one test. */
export async function exampleFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-samples-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}
