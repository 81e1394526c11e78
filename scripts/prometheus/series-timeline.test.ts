import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTimeline, type Gauge } from './series-timeline.ts'
import { type Series, STALE } from './write-request.ts'

const USERS: Gauge = { name: 'users', labels: {}, value: 5 }
const HOLD: Gauge = {
  name: 'phase',
  labels: { phase: 'hold' },
  value: 1,
  fromMs: 1_200,
  untilMs: 2_300,
}
const BLINK: Gauge = {
  name: 'phase',
  labels: { phase: 'blink' },
  value: 1,
  fromMs: 1_300,
  untilMs: 1_400,
}

/** `users: 5@1000, end@2000` */
function told(series: readonly Series[]): string[] {
  return series.map(({ labels, samples }) => {
    const values = samples.map(({ value, atMs }) => `${value === STALE ? 'end' : value}@${atMs}`)
    return `${labels['phase'] ?? labels['__name__'] ?? ''}: ${values.join(', ')}`
  })
}

function timeline() {
  return createTimeline({ testid: 'run' }, 1_000)
}

test('a series begins and ends when it did, not when it was pushed', () => {
  const line = timeline()
  line.next([HOLD], 1_000).accepted()
  const first = line.next([HOLD], 2_000)
  assert.deepEqual(told(first.series), ['hold: 1@1200, 1@2000'])
  first.accepted()
  const second = line.next([HOLD], 3_000)
  assert.deepEqual(told(second.series), ['hold: end@2300'])
  second.accepted()
  assert.deepEqual(told(line.next([HOLD], 4_000).series), [])
})

test('one that is shorter than the interval is not passed over', () => {
  const line = timeline()
  line.next([], 1_000).accepted()
  assert.deepEqual(told(line.next([BLINK], 2_000).series), ['blink: 1@1300, end@1400'])
})

test('a counter begins with the zero that increase() needs', () => {
  const line = timeline()
  line.next([USERS], 1_000).accepted()
  const counter = { ...USERS, name: 'done', isCounter: true }
  assert.deepEqual(told(line.next([USERS, counter], 2_000).series), [
    'users: 5@2000',
    'done: 0@1001, 5@2000',
  ])
})

test('an end that got lost is reported again', () => {
  const line = timeline()
  line.next([USERS], 1_000).accepted()
  assert.deepEqual(told(line.next([], 2_000).series), ['users: end@2000'])
  assert.deepEqual(told(line.next([], 3_000).series), ['users: end@3000'])
})

test('no two values have the same time, and at the end every series is over', () => {
  const line = timeline()
  line.next([USERS], 1_000).accepted()
  assert.deepEqual(told(line.end([USERS, { ...HOLD, fromMs: 0 }], 1_000)), [
    'users: 5@1001, end@1002',
    'hold: 1@1001, end@1002',
  ])
})

test('every series has the labels of the run', () => {
  const [series] = timeline().next([USERS], 1_000).series
  assert.deepEqual(series?.labels, { testid: 'run', __name__: 'users' })
})
