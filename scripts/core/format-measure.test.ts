import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Unit } from './limit.ts'
import { formatMeasure, formatMissed } from './format-measure.ts'

const cases: [value: number, unit: Unit, text: string][] = [
  [150.256, 'ms', '150.26 ms'],
  [90_000, 'ms', '1.5 min'],
  [0.998875, 'ratio', '99.8875%'],
  [1_012.34, '/s', '1,012.3/s'],
  [12_345, 'total', '12,345'],
  [512, 'bytes', '512 B'],
  [1_500, 'bytes', '1.5 KB'],
  [2_500_000, 'bytes/s', '2.5 MB/s'],
  [3e9, 'bytes', '3 GB'],
]
for (const [value, unit, text] of cases) {
  test(`${value} ${unit} is shown as ${text}`, () => {
    assert.equal(formatMeasure(value, unit), text)
  })
}

for (const [value, limit, unit, text] of [
  [231.987, 200, 'ms', '231.99 ms'],
  [200.004, 200, 'ms', '200.004 ms'],
  [200, 200, 'ms', '200 ms'],
  [0.99899999, 0.999, 'ratio', '99.899999%'],
] satisfies [number, number, Unit, string][]) {
  test(`${value} ${unit} that missed ${limit} is shown as ${text}`, () => {
    assert.equal(formatMissed(value, { value: limit, unit }), text)
  })
}
