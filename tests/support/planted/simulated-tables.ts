// The judged tables of a simulated run.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  literal,
  openDatabase,
  type SampleDatabase,
} from '../../../scripts/samples/sample-database.ts'
import { START_MS } from '../verdict/example-recording.ts'
import type { Simulated } from './simulated-run.ts'

/** Columns of a simulated sample file. */
export const COLUMNS = ['name', 'region', 'operation', 'scenario', 'status', 'error_code']

/** Said here, as DuckDB would read each file twice to find them. */
const CSV_COLUMNS = `{at_us: 'BIGINT', ms: 'DOUBLE', name: 'VARCHAR', region: 'VARCHAR', status: 'VARCHAR',
  error_code: 'VARCHAR', blocked: 'DOUBLE', connecting: 'DOUBLE', receiving: 'DOUBLE'}`

/** Opens a database with the judged tables of a simulated run. */
export async function openSimulated(
  run: Simulated,
): Promise<{ database: SampleDatabase; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-why-'))
  const database = await openDatabase({ temporaryFolder: folder, threads: 1 })
  const file = join(folder, 'rows.csv')
  const startUs = START_MS * 1_000
  const us = (seconds: number): number => startUs + Math.round(seconds * 1e6)
  const lines = run.requests.map((row) => {
    const errorCode = row.errorCode > 0 ? row.errorCode : ''
    const cells = [us(row.at), row.ms.toFixed(3), row.name, row.region, row.status, errorCode]
    return [
      ...cells,
      row.blockedMs.toFixed(3),
      row.connectingMs.toFixed(3),
      row.receivingMs.toFixed(3),
    ].join(',')
  })
  const names = 'at_us,ms,name,region,status,error_code,blocked,connecting,receiving'
  await writeFile(file, [names, ...lines, ''].join('\n'))
  const phase = (at: string): string =>
    `CASE ${run.timeline.map(({ name, endUs }) => `WHEN ${at} < ${endUs} THEN ${literal(name)}`).join(' ')} END`
  await database.run(`CREATE TABLE raw AS SELECT *, CAST(NULL AS VARCHAR) AS operation, 'load' AS scenario,
    at_us + CAST(ms * 1000 AS BIGINT) AS end_us FROM read_csv(${literal(file)}, header = true, auto_detect = false, columns = ${CSV_COLUMNS})`)
  const tags = COLUMNS.map((name) => `"${name}"`).join(', ')
  await database.run(`CREATE TABLE requests AS SELECT at_us, ms AS duration_ms,
    NOT (CAST(status AS INTEGER) BETWEEN 200 AND 399) AS failed, ${phase('at_us')} AS phase, ${tags} FROM raw`)
  await database.run('CREATE VIEW traffic AS SELECT * FROM requests')
  const metric = (name: string, value: string): string =>
    `SELECT '${name}' AS metric, end_us AS at_us, ${value} AS value, ${phase('end_us')} AS phase, ${tags} FROM raw`
  const looks = run.userLooks.map((at) => `('vus', ${us(at)}, 10.0)`).join(', ')
  await database.run(
    `CREATE VIEW samples AS ${[
      metric('http_req_duration', 'ms'),
      metric('http_req_blocked', 'blocked'),
      metric('http_req_connecting', 'connecting'),
      metric('http_req_tls_handshaking', '0'),
      metric('http_req_receiving', 'receiving'),
      metric('http_req_waiting', 'ms - receiving'),
      metric('iteration_duration', 'ms + blocked'),
      metric('iterations', '1'),
      `SELECT *, NULL AS phase, ${COLUMNS.map((name) => `NULL AS "${name}"`).join(', ')} FROM (VALUES ${looks}) AS v(metric, at_us, value)`,
    ].join(' UNION ALL ')}`,
  )
  const close = async (): Promise<void> => {
    database.close()
    await rm(folder, { recursive: true })
  }
  return { database, close }
}
