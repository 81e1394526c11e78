import type { ServerSeries } from '../indicators/from-server/server-details.ts'

/** What a target says of itself. */
export interface Exposition {
  /** Of all metrics, each once. */
  names: string[]
  /** Names that it calls gauges. */
  gauges: string[]
  /** The wanted ones. */
  series: ServerSeries[]
}

/** A number of a line is in its message, and nothing that stands in it: it may be anything. */
export class ExpositionError extends Error {}

/** A label may be long, but no line of metrics has so many characters. */
const LINE_MAX = 65_536

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'

// `name{labels} value timestamp # exemplar`, the last two left out by most.
const SAMPLE = new RegExp(
  `^(${NAME})(?:[ \\t]*\\{((?:[^"}]|"(?:[^"\\\\]|\\\\.)*")*)\\})?[ \\t]+(\\S+)(?:[ \\t]+(-?[\\d.eE+-]+))?[ \\t]*(?:# .*)?$`,
)

const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|inf(?:inity)?)$/i

const TYPE = new RegExp(`^#[ \\t]+TYPE[ \\t]+(${NAME})[ \\t]+(\\w+)`)

/**
 * Reads the text format of Prometheus (0.0.4), and OpenMetrics 1.0, as far as values need it.
 *
 * @param isWanted names whose values are read; of all others the lines are looked at only
 * @throws ExpositionError for anything else, such as a web page
 */
export function parseExposition(text: string, isWanted: (name: string) => boolean): Exposition {
  const names = new Set<string>()
  const gauges = new Set<string>()
  const series: ServerSeries[] = []
  let number = 0
  for (const raw of text.split('\n')) {
    number += 1
    const line = raw.trim()
    if (line === '# EOF') break
    if (line.startsWith('#')) {
      const [, name, type] = TYPE.exec(line) ?? []
      if (name !== undefined && type === 'gauge') gauges.add(name)
    } else if (line !== '') {
      const sample = readSample(line, isWanted)
      if (sample === undefined) throw new ExpositionError(`line ${number} is no metric`)
      names.add(sample[0])
      if (isWanted(sample[0])) series.push(sample)
    }
  }
  return { names: [...names], gauges: [...gauges], series }
}

function readSample(line: string, isWanted: (name: string) => boolean): ServerSeries | undefined {
  if (line.length > LINE_MAX) return undefined
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? []
  if (name === undefined || !NUMBER.test(value)) return undefined
  if (!isWanted(name)) return [name, {}, 0]
  const read = readLabels(labels)
  return read && [name, read, numberOf(value)]
}

function numberOf(text: string): number {
  const word = text.toLowerCase().replace(/^\+/, '')
  if (word.endsWith('nan')) return NaN
  if (word.includes('inf')) return word.startsWith('-') ? -Infinity : Infinity
  return Number(word)
}

const LABEL = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/y

const ESCAPES: Record<string, string> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' }

/** Reads `le="0.5",path="/a"`; undefined where it is anything else. */
export function readLabels(text: string): Record<string, string> | undefined {
  const labels: [string, string][] = []
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < text.trimEnd().length) {
    const [, name, value, separator] = LABEL.exec(text) ?? []
    if (name === undefined || value === undefined) return undefined
    labels.push([name, value.replace(/\\[\\"n]/g, (escape) => ESCAPES[escape] ?? escape)])
    if (separator === '') break
  }
  return Object.fromEntries(labels)
}

/**
 * What is kept of every target: its process (the names of all client libraries), Node's heap, event loop and handles
 * (prom-client), and its host (node_exporter).
 */
const SYSTEM_METRICS = new Set([
  'process_start_time_seconds',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'process_open_fds',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'node_cpu_seconds_total',
  'node_memory_MemTotal_bytes',
  'node_memory_MemAvailable_bytes',
  'node_network_receive_bytes_total',
  'node_network_transmit_bytes_total',
  'node_disk_read_bytes_total',
  'node_disk_written_bytes_total',
  'node_load1',
])

/** Whether a metric tells of the machine or the process, whatever the program does. */
export function isSystemMetric(name: string): boolean {
  return SYSTEM_METRICS.has(name)
}
