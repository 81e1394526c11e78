// A process of its own, so that its memory is only its own: from a recording to verdict.json, with
// `instances` from those of several k6 (1.csv, 2.csv, …), or, with `bare`, to what DuckDB makes of the same
// file without us. Prints { ms, peakBytes, parquetBytes }.
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileAll, createPlan } from '../../support/sla/example.ts'
import { convertSamples } from '../../../scripts/samples/convert.ts'
import { literal, openDatabase } from '../../../scripts/samples/sample-database.ts'
import { judgeRun } from '../../../scripts/verdict/judge-run.ts'
import type { RecordedRun } from '../../../scripts/verdict/recorded-run.ts'
import { RECORDING_START_MS } from './long-recording.ts'

const OBJECTIVES = [
  { indicator: 'availability', limit: '>= 99.9%' },
  { indicator: { latency: 'p50' }, limit: '< 100ms' },
  { indicator: { latency: 'p95' }, limit: '< 200ms' },
  { indicator: { latency: 'p99' }, limit: '< 500ms' },
  { indicator: { latency: 'p95' }, limit: '< 200ms', each: 'endpoint' },
  { indicator: 'error-ratio', limit: '< 0.1%' },
  { indicator: { rate: 'http_reqs' }, limit: '>= 900/s' },
  { indicator: { share: 'checks' }, limit: '>= 99.9%' },
  { indicator: { apdex: '200ms' }, limit: '>= 90%' },
  { indicator: { drift: 'latency.p95' }, limit: '< 10%' },
]

const [mode = '', folder = '', seconds = '0'] = process.argv.slice(2)
const csv = join(folder, 'samples.csv')
const parquet = join(folder, 'samples.parquet')
const startedAtMs = performance.now()
const database = await openDatabase({ temporaryFolder: join(folder, 'tmp'), folders: [folder] })
if (mode === 'bare') {
  await database.run(`COPY (FROM ${literal(csv)}) TO ${literal(parquet)} (FORMAT parquet)`)
} else {
  await judgeAll(Number(seconds))
}
const ms = performance.now() - startedAtMs
const peakBytes = process.resourceUsage().maxRSS * 1_024
const parquetBytes = (await stat(parquet)).size
process.stdout.write(JSON.stringify({ ms, peakBytes, parquetBytes }))

async function judgeAll(durationSeconds: number): Promise<void> {
  const report = await convertSamples({ database, csv: await recordings(), parquet })
  if (!report) throw new Error(`Expected a recording in ${csv}, got none`)
  const hold = { name: 'hold', startSeconds: 0, endSeconds: durationSeconds, target: 1_000 }
  const plan = createPlan({
    model: 'open',
    target: 1_000,
    phases: [hold],
    durationSeconds,
    endpoints: ['POST /v1/enhance', 'POST /v1/batch', 'POST /v1/history'],
  })
  const recorded: RecordedRun = {
    folder: { path: folder },
    recordings: { csv },
    plan,
    objectives: compileAll(OBJECTIVES, plan),
    startMs: RECORDING_START_MS,
    processMs: {
      start: RECORDING_START_MS,
      end: RECORDING_START_MS + 1_000 * durationSeconds + 60_000,
    },
    instances: [{ summary: undefined, errors: [], exitCode: 0 }],
    generator: { samples: [], cpus: 2, memoryBytes: 8e9 },
    stoppedByUser: false,
    keepRaw: true,
  }
  const judged = await judgeRun(recorded, { database, folder, name: 'samples.parquet', report })
  await writeFile(join(folder, 'verdict.json'), JSON.stringify(judged, null, 2))
}

async function recordings(): Promise<string | { instance: string; csv: string }[]> {
  if (mode !== 'instances') return csv
  const files = (await readdir(folder)).filter((name) => /^\d+\.csv$/.test(name)).sort()
  return files.map((name) => ({ instance: name.replace('.csv', ''), csv: join(folder, name) }))
}
