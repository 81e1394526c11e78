import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PbfReader } from 'pbf'
import { uncompress } from 'snappyjs'
import { type Series, STALE, writeRequest } from './write-request.ts'

interface Decoded {
  labels: [name: string, value: string][]
  samples: { bits: string; atMs: number }[]
}

/** Read by hand, so that the writer's own idea of the format is not what it is held against. */
function decode(body: Uint8Array): Decoded[] {
  const found: Decoded[] = []
  new PbfReader(uncompress(body)).readFields((tag, _, request) => {
    if (tag !== 1) return
    const series: Decoded = { labels: [], samples: [] }
    request.readMessage((part, _series, pbf) => {
      if (part === 1) {
        const [name, value] = pbf.readMessage(
          (field, pair: string[], label) => {
            pair[field - 1] = label.readString()
          },
          ['', ''],
        )
        series.labels.push([name ?? '', value ?? ''])
      } else if (part === 2) {
        const sample = { bits: '', atMs: 0 }
        pbf.readMessage((field, _sample, value) => {
          if (field === 2) sample.atMs = value.readVarint(true)
          else {
            const low = value.readFixed32()
            sample.bits = `${hex(value.readFixed32())}${hex(low)}`
          }
        }, sample)
        series.samples.push(sample)
      }
    }, series)
    found.push(series)
  }, found)
  return found
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}

function encoded(series: Partial<Series>): Decoded {
  const [first] = decode(writeRequest([{ labels: {}, samples: [], ...series }]))
  assert.ok(first)
  return first
}

test('labels are in the order of their bytes, and empty ones are none', () => {
  const labels = { b: '2', __name__: 'm', B: '1', a: '', ä: 'ü"{}\n全部' }
  const names = [
    ['B', '1'],
    ['__name__', 'm'],
    ['b', '2'],
    ['ä', 'ü"{}\n全部'],
  ]
  assert.deepEqual(encoded({ labels }).labels, names)
})

test('values and times of today arrive as they were', () => {
  const atMs = 1_795_285_312_530
  const { samples } = encoded({ samples: [{ value: 0.0291, atMs }] })
  const bits = Buffer.alloc(8)
  bits.writeDoubleBE(0.0291)
  assert.deepEqual(samples, [{ bits: bits.toString('hex'), atMs }])
})

test('the end of a series has the very bits that Prometheus looks for', () => {
  const { samples } = encoded({ samples: [{ value: STALE, atMs: 1 }] })
  assert.deepEqual(samples, [{ bits: '7ff0000000000002', atMs: 1 }])
})
