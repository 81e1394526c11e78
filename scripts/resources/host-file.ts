import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type FileFormat, readJson } from '../core/read-json.ts'
import { list, marked, MOMENT_MS, NUMBER, object } from '../core/schema.ts'

/** In a run's folder: what the machine that made the load did, beside its CPUs in generator.json. */
export const HOST_FILE = 'host-metrics.json'

export const HOST_NAMES = [
  'host_memory_used_bytes',
  'host_network_received_bytes_per_second',
  'host_network_sent_bytes_per_second',
  'host_disk_read_bytes_per_second',
  'host_disk_written_bytes_per_second',
  'toolkit_heap_used_bytes',
  'toolkit_eventloop_delay_p99_seconds',
  'toolkit_open_handles',
] as const

export type HostName = (typeof HOST_NAMES)[number]

export interface HostFile {
  format: 1
  series: Partial<Record<HostName, KeptSeries>>
}

const SERIES = object({ atMs: list(MOMENT_MS), values: list(NUMBER) })

const FORMAT: FileFormat = {
  what: 'what a machine did during a run',
  code: 'K6V_RUN_FILE_BROKEN',
  hint: 'Copy the whole folder again from where the run was made, or run the scenario again.',
  schema: marked(
    { format: 1 },
    object({ series: object({}, Object.fromEntries(HOST_NAMES.map((name) => [name, SERIES]))) }),
  ),
}

/** Reads it again; empty where the run has none. */
export async function readHostFile(folder: string): Promise<HostFile['series']> {
  const path = join(folder, HOST_FILE)
  if (!existsSync(path)) return {}
  const { series } = await readJson<HostFile>(path, FORMAT)
  const names = HOST_NAMES.filter((name) => series[name] !== undefined)
  return Object.fromEntries(names.map((name) => [name, series[name]]))
}

/** Values at moments, with a bound on how many are kept. */
export interface KeptSeries {
  atMs: number[]
  values: number[]
}

/**
 * Adds a value. Beyond so many points each two neighbours become one, the higher of both: half the resolution, and no
 * peak is lost.
 */
export function addPoint(series: KeptSeries, point: { atMs: number; value: number }, most: number) {
  series.atMs.push(point.atMs)
  series.values.push(point.value)
  if (series.atMs.length > most) halve(series)
}

/** A series with at most so many points. */
export function thinSeries({ atMs, values }: KeptSeries, most: number): KeptSeries {
  const series = { atMs: [...atMs], values: [...values] }
  while (series.atMs.length > most) halve(series)
  return series
}

function halve(series: KeptSeries): void {
  const { atMs, values } = series
  const kept = values.flatMap((value, index) => {
    if (index % 2 === 1) return []
    const next = values[index + 1] ?? -Infinity
    return [next > value ? index + 1 : index]
  })
  series.atMs = kept.map((index) => atMs[index] ?? 0)
  series.values = kept.map((index) => values[index] ?? 0)
}
