import assert from 'node:assert/strict'
import { test } from 'node:test'
import { panelChart } from './panel-chart.ts'
import type { Panel } from './panels.ts'

function drawn(unit: Panel['unit'], values: (number | null)[]): string {
  const lines = [{ label: 'users', tone: 'one', values }] as const
  const panel: Panel = {
    id: 'users',
    title: 'Users',
    unit,
    lines: [...lines],
    limits: [],
    summary: '',
  }
  return panelChart({ panel, phases: [], stepSeconds: 1, steps: values.length }).text
}

test('a value without a neighbour is a dot, which no line leads to', () => {
  const chart = drawn('ms', [5, null, 7, 8])
  assert.equal(chart.match(/class="line lone one"/g)?.length, 1)
  assert.equal(chart.match(/h0/g)?.length, 1)
  assert.doesNotMatch(drawn('ms', [5, 6, 7, 8]), /lone/)
})

test('an axis of whole things says each number once', () => {
  const texts = [...drawn('total', [1, 1]).matchAll(/text-anchor="end"\s*>(\d*)</g)]
  assert.deepEqual(
    texts.map(([, text]) => text).filter((text) => text !== ''),
    ['0', '1'],
  )
})
