import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constantRate, constantUsers, spikes, stagedUsers } from './load-shapes.ts'

test('staged users name rising stages ramp-up, level ones hold and falling ones ramp-down', () => {
  const { steps } = stagedUsers({
    stages: [
      { duration: '2m', users: 100 },
      { duration: '5m', users: 100 },
      { duration: '1m', users: 0 },
    ],
  })

  assert.deepEqual(
    steps.map(({ phase }) => phase),
    ['ramp-up', 'hold', 'ramp-down'],
  )
})

test('constant users start all at once when there is no ramp-up', () => {
  const shape = constantUsers({ users: 2_000, duration: '5m' })

  assert.equal(shape.start, 2_000)
  assert.deepEqual(shape.steps, [{ phase: 'hold', duration: '5m', target: 2_000 }])
})

test('each spike has its own phase, and so has each recovery', () => {
  const { steps } = spikes({ usualUsers: 10, peakUsers: 90, cycles: 3, peak: '2m', recovery: '1m' })

  const phases = [...new Set(steps.map(({ phase }) => phase))]
  assert.deepEqual(phases, [
    'warm-up',
    'hold',
    'spike-1',
    'recovery-1',
    'spike-2',
    'recovery-2',
    'spike-3',
    'recovery-3',
    'ramp-down',
  ])
})

test('a constant rate is an open model', () => {
  const settings = { ratePerSecond: 50, duration: '1m', rampUp: '10s', iterationSeconds: 1 }

  assert.equal(constantRate(settings).model, 'open')
})
