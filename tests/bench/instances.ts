import { execa } from 'execa'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/core/project.ts'
import type { VerdictFile } from '../../scripts/verdict/verdict-file.ts'
import { cliArguments } from '../cli.ts'
import { withEchoServer } from './echo-server.ts'
import { interleaved, median, type Row } from './report.ts'
import { writeLongRecording } from './verdict/long-recording.ts'

const ROUNDS = 5
const FILES = 8
const REQUESTS = 714_286
const LINES_PER_REQUEST = 14

/** What the merge costs: the same ten million lines in one file and in eight, each to its verdict. */
export async function benchMerge(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  try {
    const one = join(folder, 'one')
    const many = join(folder, 'many')
    for (const each of [one, many]) await mkdir(each)
    const csv = join(one, 'samples.csv')
    const { seconds } = await writeLongRecording(csv, REQUESTS)
    await deal(csv, many)
    const { single, merged } = await interleaved(3, {
      single: () => judge('ours', one, seconds),
      merged: () => judge('instances', many, seconds),
    })
    const ratio = median(merged) / median(single)
    const lines = `${((REQUESTS * LINES_PER_REQUEST) / 1e6).toFixed(1)} million lines`
    return [
      {
        budget: `${lines} of ${FILES} instances to verdict.json: at most 1.3 times the single file`,
        measured: `${ratio.toFixed(2)} (${(median(merged) / 1e3).toFixed(1)} s against ${(median(single) / 1e3).toFixed(1)} s)`,
        holds: ratio <= 1.3,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Deals the lines of a recording out to several files, as instances take turns. */
async function deal(csv: string, folder: string): Promise<void> {
  const script = `cd "$1" && tail -n +2 "$2" | split -n r/${FILES} -d -a 1 - part
for part in part*; do { head -n 1 "$2"; cat "$part"; } > "$((\${part#part} + 1)).csv" && rm "$part"; done`
  await execa('sh', ['-c', script, 'deal', folder, csv])
}

async function judge(mode: string, folder: string, seconds: number): Promise<number> {
  const [start = ''] = cliArguments([])
  const script = 'tests/bench/verdict/judge-recording.ts'
  const { stdout } = await execa('node', [start, script, mode, folder, String(seconds)], {
    cwd: projectPath(),
  })
  return (JSON.parse(stdout) as { ms: number }).ms
}

/** How far apart several k6 begin. */
export async function benchStartSkew(k6: string): Promise<Row[]> {
  const runs = await withEchoServer(async (url) => {
    const args = ['--users', '80', '--duration', '2s', '--instances', '8']
    const results: VerdictFile[] = []
    for (let round = 0; round < ROUNDS; round++) results.push(await run(k6, url, args))
    return results
  })
  const skews = runs.map(({ run: { instances } }) => {
    const startsMs = instances.map(({ loadStartedAt = '' }) => Date.parse(loadStartedAt))
    return Math.max(...startsMs) - Math.min(...startsMs)
  })
  return [
    {
      budget: 'first and last of 8 instances on this machine begin at most 100 ms apart',
      measured: `${median(skews)} ms, at most ${Math.max(...skews)} ms in ${ROUNDS} runs`,
      holds: Math.max(...skews) <= 100,
    },
  ]
}

/** What two k6 send against one. */
export async function benchTwoInstances(k6: string): Promise<Row[]> {
  const args = ['--users', '50', '--duration', '8s']
  const { one, two } = await withEchoServer((url) =>
    interleaved(ROUNDS, {
      one: () => run(k6, url, args),
      two: () => run(k6, url, [...args, '--instances', '2']),
    }),
  )
  const rate = (runs: VerdictFile[]): number =>
    median(runs.map(({ endpoints: [row] }) => row?.ratePerSecond ?? 0))
  const ratio = rate(two) / rate(one)
  // On a busy machine two processes get more of it than one: CPU per request tells what they cost.
  const cpu = (runs: VerdictFile[]): string =>
    `${Math.round(median(runs.map(({ generator: { k6CpuCores }, endpoints: [row] }) => (1e6 * (k6CpuCores?.median ?? NaN)) / (row?.ratePerSecond ?? NaN))))} µs`
  const mb = (bytes: number[]): string => `${Math.round(median(bytes) / 1e6)} MB`
  const single = one.map(({ generator }) => generator.k6MemoryBytes?.peak ?? 0)
  const each = two.flatMap(({ generator: { instances = [] } }) =>
    instances.map(({ k6MemoryBytes }) => k6MemoryBytes?.peak ?? 0),
  )
  return [
    {
      budget: 'requests/s of 2 instances at 50 users without think time: at least 0.95 of one',
      measured: `${ratio.toFixed(2)} (${Math.round(rate(two))} against ${Math.round(rate(one))}; ${cpu(two)} of CPU per request against ${cpu(one)}; ${mb(each)} for each instance, ${mb(single)} for the single one)`,
      holds: ratio >= 0.95,
    },
  ]
}

async function run(k6: string, url: string, more: string[]): Promise<VerdictFile> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const of = ['--workload', 'tests/bench/echo', '--sla', 'tests/bench/echo/sla.json']
  const args = ['sustained', ...of, '--time-scale', '0.001', '--target', url, ...more]
  try {
    await execa('node', cliArguments(args), {
      cwd: projectPath(),
      env: { K6_BIN: k6, K6_VERDICT_RESULTS: results, NO_COLOR: '1' },
      reject: false,
      timeout: 60_000,
    })
    const [folder = ''] = await readdir(results)
    return JSON.parse(await readFile(join(results, folder, 'verdict.json'), 'utf8')) as VerdictFile
  } finally {
    await rm(results, { recursive: true })
  }
}
