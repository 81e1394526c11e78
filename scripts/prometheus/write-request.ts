// The body of a remote write: prometheus.WriteRequest 1.0 as protobuf, compressed with snappy.
import { PbfWriter } from 'pbf'
import { compress } from 'snappyjs'

/** A float at a moment. */
export interface TimedValue {
  value: number | typeof STALE
  /** Milliseconds since 1970. */
  atMs: number
}

/** Samples of one series, oldest first. */
export interface Series {
  /** With the metric's name as `__name__`. One with an empty value is no label. */
  labels: Record<string, string>
  samples: readonly TimedValue[]
  /** A native histogram with a single observation of zero, to ask whether the receiver takes them. */
  emptyHistogramAtMs?: number
}

/** Ends a series: without it Prometheus shows the last value for another five minutes. */
export const STALE = Symbol('stale')

/**
 * Encodes series for `POST /api/v1/write`.
 *
 * Field numbers: https://github.com/prometheus/prometheus/blob/main/prompb/types.proto
 */
export function writeRequest(series: readonly Series[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const each of series) pbf.writeMessage(1, writeSeries, each)
  return compress(pbf.finish())
}

function writeSeries({ labels, samples, emptyHistogramAtMs }: Series, pbf: PbfWriter): void {
  // The specification asks for them in the order of their bytes.
  const names = Object.keys(labels).sort(byBytes)
  for (const name of names) {
    const value = labels[name] ?? ''
    if (value !== '') pbf.writeMessage(1, writeLabel, { name, value })
  }
  for (const sample of samples) pbf.writeMessage(2, writeSample, sample)
  if (emptyHistogramAtMs !== undefined) pbf.writeMessage(4, writeEmptyHistogram, emptyHistogramAtMs)
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

function writeLabel({ name, value }: { name: string; value: string }, pbf: PbfWriter): void {
  pbf.writeStringField(1, name)
  pbf.writeStringField(2, value)
}

function writeSample({ value, atMs }: TimedValue, pbf: PbfWriter): void {
  if (value === STALE) writeStaleNumber(pbf)
  else pbf.writeDoubleField(1, value)
  pbf.writeVarintField(2, Math.round(atMs))
}

// Prometheus knows it by its bits, 0x7ff0000000000002. As a number JavaScript may turn it into another NaN.
function writeStaleNumber(pbf: PbfWriter): void {
  pbf.writeTag(1, FIXED_64)
  pbf.writeFixed32(0x00000002)
  pbf.writeFixed32(0x7ff00000)
}

const FIXED_64 = 1

function writeEmptyHistogram(atMs: number, pbf: PbfWriter): void {
  pbf.writeVarintField(1, 1)
  pbf.writeDoubleField(3, 0)
  pbf.writeSVarintField(4, 3)
  pbf.writeDoubleField(5, 2 ** -128)
  pbf.writeVarintField(6, 1)
  pbf.writeVarintField(15, atMs)
}
