import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFacts,
  createSeries,
  createTimeline,
} from '../../../tests/support/verdict/example-diagnosis.ts'
import { failuresRising } from './failures-rising.ts'

/** Failures of 100 requests/s; the judged time is from 10 s to 90 s. */
function diagnoseErrors(errorsAt: (second: number) => number) {
  const timeline = createTimeline((second) => ({ errorsPerSecond: errorsAt(second) }))
  return failuresRising(createFacts({ series: createSeries(timeline) }))
}

test('failures that grow from none to a tenth are reported with both numbers', () => {
  const [found] = diagnoseErrors((second) => (second < 50 ? 0 : 10))

  assert.equal(found?.id, 'failures-rising')
  assert.match(found.text, /^0% of the requests failed in the first quarter .*, 10% in the last\.$/)
})

for (const [after, findings] of [
  [2, 1],
  [0.4, 0],
] as const) {
  test(`none at first and ${after} of 100 at last: ${findings} findings`, () => {
    const errors = (second: number) =>
      second < 50 ? 0 : Math.round(after * (second + 1)) - Math.round(after * second)
    assert.equal(diagnoseErrors(errors).length, findings)
  })
}

test('one bad second near the end is a burst and no rise', () => {
  assert.deepEqual(
    diagnoseErrors((second) => (second === 80 ? 60 : 0)),
    [],
  )
})

test('failures that come and go in the middle are none', () => {
  assert.deepEqual(
    diagnoseErrors((second) => (second > 35 && second < 65 ? 50 : 0)),
    [],
  )
})

test('failures of the ramp-down are nobody’s service level', () => {
  assert.deepEqual(
    diagnoseErrors((second) => (second >= 90 ? 100 : 0)),
    [],
  )
})

test('as many failures all along are no rise', () => {
  assert.deepEqual(
    diagnoseErrors((second) => (second % 3 === 0 ? 25 : 18)),
    [],
  )
})
