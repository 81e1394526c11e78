// A real Prometheus on a free port of 127.0.0.1, with remote write and native histograms on.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type PrometheusApi, prometheusApi } from '../scripts/prometheus/prometheus-api.ts'
import { freePort } from '../scripts/core/free-port.ts'

export interface PrometheusOptions {
  /** Text of prometheus.yml; relative paths in it are relative to the folder of `files`. */
  config?: string
  /** Further files beside prometheus.yml, such as rules, by name. */
  files?: Record<string, string>
  /** Further arguments; one that is given twice is an error of Prometheus. */
  args?: readonly string[]
  /** Without it, a POST to /api/v1/write is a 404. @default true */
  remoteWrite?: boolean
  /** Without them, native histograms are dropped in silence. @default true */
  nativeHistograms?: boolean
}

export interface PrometheusSeries {
  metric: Record<string, string>
  /** The value as Prometheus gives it, for example `NaN`; undefined for a native histogram. */
  value: number | undefined
}

export interface TestPrometheus {
  /** http://127.0.0.1:<port>, the same after a restart. */
  url: string
  /** Where to write: url and /api/v1/write. */
  writeUrl: string
  /** An instant query. @throws Error with what Prometheus answered when it refuses the query */
  query: (expression: string, atMs?: number) => Promise<PrometheusSeries[]>
  /** The value of a query with exactly one series. */
  valueOf: (expression: string, atMs?: number) => Promise<number>
  get: PrometheusApi['get']
  /** Ends it as a crash would; its data stays. */
  kill: () => Promise<void>
  /** Starts it again, on the same port and data. */
  start: () => Promise<void>
  /** Ends it and deletes its data. */
  close: () => Promise<void>
}

const DEFAULT_CONFIG = 'global: { scrape_interval: 1s, evaluation_interval: 1s }\n'

/** A log line that says that everything listens and the storage can be written. */
const READY = 'Server is ready to receive web requests'

/**
 * Why tests with a Prometheus are skipped, for the `skip` of node:test; false where there is one. In CI
 * it is never skipped: there the missing program is the failure.
 */
export function skipWithoutPrometheus(): string | false {
  const found = spawnSync('prometheus', ['--version']).status === 0
  return found || process.env['CI']
    ? false
    : 'no prometheus on PATH (Debian: apt install prometheus)'
}

/**
 * Starts one and waits until it can be written to.
 *
 * @throws Error with its log when it ends instead
 */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<TestPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-prometheus-'))
  const { config = DEFAULT_CONFIG, files = {} } = options
  for (const [name, text] of Object.entries({ ...files, 'prometheus.yml': config })) {
    await writeFile(join(folder, name), text)
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const launch = (): Promise<ChildProcess> =>
    spawnPrometheus(folder, argumentsOf(options, folder, port))
  let child: ChildProcess | undefined = await launch()
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null) return
    ending.kill(signal)
    await once(ending, 'exit')
  }
  const { get } = prometheusApi(url, {})
  const query: TestPrometheus['query'] = async (expression, atMs) => {
    const at = atMs === undefined ? {} : { time: String(atMs / 1_000) }
    return seriesOf(await get('query', { query: expression, ...at }))
  }
  return {
    url,
    writeUrl: `${url}/api/v1/write`,
    get,
    query,
    valueOf: async (expression, atMs) => onlyValue(expression, await query(expression, atMs)),
    kill: () => end('SIGKILL'),
    start: async () => {
      child = await launch()
    },
    close: async () => {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function argumentsOf(options: PrometheusOptions, folder: string, port: number): string[] {
  const { remoteWrite = true, nativeHistograms = true, args = [] } = options
  return [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    ...(remoteWrite ? ['--web.enable-remote-write-receiver'] : []),
    ...(nativeHistograms ? ['--enable-feature=native-histograms'] : []),
    ...args,
  ]
}

async function spawnPrometheus(folder: string, args: string[]): Promise<ChildProcess> {
  const child = spawn('prometheus', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const lines: string[] = []
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`Prometheus ended:\n${lines.join('\n')}`)))
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line)
      if (line.includes(READY)) resolve()
    })
  })
  return child
}

type Sample = { metric?: Record<string, string>; value?: [number, string] }

function seriesOf(data: unknown): PrometheusSeries[] {
  const { resultType, result } = data as { resultType: string; result: unknown }
  if (resultType === 'scalar') {
    return [{ metric: {}, value: Number((result as [number, string])[1]) }]
  }
  return (result as Sample[]).map(({ metric = {}, value }) => {
    return { metric, value: value && numberOf(value[1]) }
  })
}

// Prometheus writes +Inf where JavaScript writes Infinity.
const numberOf = (text: string): number => Number(text.replace('Inf', 'Infinity'))

function onlyValue(expression: string, series: PrometheusSeries[]): number {
  const [only] = series
  if (series.length === 1 && only?.value !== undefined) return only.value
  throw new Error(`Expected one value of ${expression}, got ${JSON.stringify(series)}`)
}
