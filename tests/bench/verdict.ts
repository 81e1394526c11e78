import { execa } from 'execa'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/core/project.ts'
import { cliArguments } from '../cli.ts'
import { interleaved, median, type Row } from './report.ts'
import { writeLongRecording } from './verdict/long-recording.ts'

const ROUNDS = 3
const REQUESTS = 714_286
const LINES_PER_REQUEST = 14

interface Judged {
  ms: number
  peakBytes: number
  parquetBytes: number
}

/** From a recording of ten million lines to its verdict, against DuckDB's bare conversion of the file. */
export async function benchVerdict(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  try {
    const long = await recording(join(folder, 'long'), REQUESTS)
    const short = await recording(join(folder, 'short'), REQUESTS / 10)
    const { bare, ours, tenth } = await interleaved(ROUNDS, {
      bare: () => judge('bare', long),
      ours: () => judge('ours', long),
      tenth: () => judge('ours', short),
    })
    return rows(bare, ours, tenth)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function rows(bare: Judged[], ours: Judged[], tenth: Judged[]): Row[] {
  const seconds = (of: Judged[]): number => median(of.map(({ ms }) => ms)) / 1_000
  const ratio = seconds(ours) / seconds(bare)
  const peakGb = Math.max(...ours.map(({ peakBytes }) => peakBytes)) / 1e9
  const growth = seconds(ours) / seconds(tenth)
  const bytes = median(ours.map(({ parquetBytes }) => parquetBytes)) / REQUESTS
  const lines = `${((REQUESTS * LINES_PER_REQUEST) / 1e6).toFixed(1)} million lines`
  return [
    {
      budget: `${lines} to verdict.json: at most 2.5 times DuckDB's bare COPY to Parquet`,
      measured: `${ratio.toFixed(2)} (${seconds(ours).toFixed(1)} s against ${seconds(bare).toFixed(1)} s)`,
      holds: ratio <= 2.5,
    },
    {
      budget: 'memory for that: at most 1.2 GB resident',
      measured: `${peakGb.toFixed(2)} GB`,
      holds: peakGb <= 1.2,
    },
    {
      budget: 'from a tenth of it the time grows linearly: at most 10 times',
      measured: `${growth.toFixed(1)} times (${seconds(tenth).toFixed(2)} s)`,
      holds: growth <= 10,
    },
    {
      budget: 'samples.parquet: at most 120 bytes per request',
      measured: `${bytes.toFixed(0)} bytes`,
      holds: bytes <= 120,
    },
  ]
}

interface Recording {
  folder: string
  seconds: number
}

async function recording(folder: string, requests: number): Promise<Recording> {
  await mkdir(folder)
  const { seconds } = await writeLongRecording(join(folder, 'samples.csv'), Math.round(requests))
  return { folder, seconds }
}

async function judge(mode: 'bare' | 'ours', { folder, seconds }: Recording): Promise<Judged> {
  const [start = ''] = cliArguments([])
  const script = 'tests/bench/verdict/judge-recording.ts'
  const { stdout } = await execa('node', [start, script, mode, folder, String(seconds)], {
    cwd: projectPath(),
  })
  return JSON.parse(stdout) as Judged
}
