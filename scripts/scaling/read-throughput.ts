import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OPERATION_DURATION } from '../../lib/plan.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import type { RunFolder } from '../run-folder/run-folder.ts'
import {
  literal,
  openDatabase,
  pathLiteral,
  type SampleDatabase,
} from '../samples/sample-database.ts'
import { type Estimate, throughputOf } from './throughput.ts'

/** What a run got done. */
export interface StepThroughput {
  /** With all users; missing where too little was recorded. */
  all?: Estimate
  /** With half of them. */
  half?: Estimate
  /** Operations of the whole run that failed, 0 to 1. */
  failed: number
  /** Median of an operation with all users. */
  p50Ms?: number
}

const SUCCEEDED = `expected_response = 'true'`

/** Succeeded operations per second in the phases `half` and `hold` of a run of `saturation`. */
export async function readThroughput({
  samples,
  manifest,
}: Pick<RunFolder, 'samples' | 'manifest'>): Promise<StepThroughput> {
  const { phases = [] } = JSON.parse(await readFile(manifest, 'utf8')) as Manifest
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const database = await openDatabase({ temporaryFolder, files: [samples] })
  const from = `read_parquet(${pathLiteral(samples)}) WHERE metric = ${literal(OPERATION_DURATION)}`
  const estimateOf = async (name: string): Promise<Estimate | undefined> => {
    const phase = phases.find((each) => each.name === name)
    return phase && throughputOf(await countsOf(phase, from, database))
  }
  try {
    const [all, half] = [await estimateOf('hold'), await estimateOf('half')]
    return { ...(all && { all }), ...(half && { half }), ...(await outcomeOf(from, database)) }
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

type TimedPhase = NonNullable<Manifest['phases']>[number]

/** How many succeeded in each whole second of a phase; an operation belongs to the second in which it ended. */
async function countsOf(
  { startedAt, endedAt }: TimedPhase,
  from: string,
  database: SampleDatabase,
): Promise<number[]> {
  const startMs = Date.parse(startedAt)
  const rows = await database.rows<{ second: number; ended: number }>(
    `SELECT (end_us - ${startMs * 1_000}) // 1000000 AS second, count(*) AS ended
FROM ${from} AND ${SUCCEEDED} AND end_us >= ${startMs * 1_000} GROUP BY ALL`,
  )
  const ended = new Map(rows.map((row) => [row.second, row.ended]))
  const seconds = Math.floor((Date.parse(endedAt) - startMs) / 1_000)
  return Array.from({ length: seconds }, (_, second) => ended.get(second) ?? 0)
}

async function outcomeOf(
  from: string,
  database: SampleDatabase,
): Promise<Pick<StepThroughput, 'failed' | 'p50Ms'>> {
  const [whole] = await database.rows<{ failed: number | null; p50: number | null }>(
    `SELECT avg((NOT (${SUCCEEDED}))::INT) AS failed,
median(value) FILTER (${SUCCEEDED} AND phase = 'hold') AS p50 FROM ${from}`,
  )
  const { failed, p50 } = whole ?? {}
  return { failed: failed ?? 0, ...(typeof p50 === 'number' && { p50Ms: p50 }) }
}
