import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  constantRate,
  constantUsers,
  everyOperationOnce,
  spikes,
  steppedRate,
} from './load-shapes.ts'
import { applySettings, peakTarget, phaseAt, phasesOf } from './phases.ts'
import { DEFAULT_SETTINGS, type RunSettings } from './run-settings.ts'

const spike = spikes({ usualUsers: 100, peakUsers: 1_000, cycles: 2, peak: '2m', recovery: '2m' })
const rate = constantRate({
  ratePerSecond: 1_000,
  duration: '10m',
  rampUp: '1m',
  iterationSeconds: 1,
})
const once = everyOperationOnce({ maxDuration: '10s' })

function settings(change: Partial<RunSettings>): RunSettings {
  return { ...DEFAULT_SETTINGS, ...change }
}

test('the time scale shrinks every duration and no load', () => {
  const scaled = applySettings(spike, settings({ timeScale: 0.1 }))

  assert.deepEqual(
    scaled.steps.map(({ target }) => target),
    spike.steps.map(({ target }) => target),
  )
  assert.deepEqual(
    scaled.steps.slice(0, 4).map(({ duration }) => duration),
    ['3s', '6s', '1s', '12s'],
  )
})

test('a phase that the time scale would take away is refused', () => {
  const short = constantUsers({ users: 5, duration: '1m', rampUp: '400ms' })
  assert.throws(() => applySettings(short, settings({ timeScale: 0.001 })), {
    name: 'SettingsError',
    message: 'Expected --time-scale to leave ramp-up (400ms) at least 1 ms, got 0.001',
  })
})

test('--users sets the peak and keeps the proportions of the shape', () => {
  const smaller = applySettings(spike, settings({ users: 50 }))

  assert.equal(peakTarget(smaller), 50)
  assert.equal(smaller.steps[0]?.target, 5)
  assert.equal(smaller.steps.at(-1)?.target, 0)
})

test('a scaled target never falls to zero users unless zero was meant', () => {
  const tiny = applySettings(spike, settings({ users: 2 }))

  assert.equal(tiny.steps[0]?.target, 1)
})

test('--from-rate and --rate are the first and the last step of a rising rate', () => {
  const steps = steppedRate({
    from: 150,
    to: 2_250,
    steps: 15,
    step: '30s',
    settling: '5s',
    iterationSeconds: 0.5,
  })
  const narrow = applySettings(steps, settings({ fromRatePerSecond: 900, ratePerSecond: 1_180 }))

  assert.equal(narrow.start, 900)
  const rates = phasesOf(narrow)
    .filter(({ name }) => name.startsWith('step-'))
    .map(({ target }) => target)
  assert.deepEqual(
    rates,
    Array.from({ length: 15 }, (_, index) => 900 + 20 * index),
  )
})

test('--duration changes how long the full load is held, and the time scale leaves it alone', () => {
  const shape = constantUsers({ users: 10, duration: '5m', rampUp: '1m' })
  const changed = applySettings(shape, settings({ duration: '7s', timeScale: 0.5 }))

  assert.deepEqual(
    changed.steps.map(({ duration }) => duration),
    ['30s', '7s'],
  )
})

test('--duration is the length of each spike, not of the rise to it', () => {
  const changed = applySettings(spike, settings({ duration: '9s' }))

  const spikeSteps = changed.steps.filter(({ phase }) => phase === 'spike-1')
  assert.deepEqual(
    spikeSteps.map(({ duration }) => duration),
    ['10s', '9s'],
  )
})

for (const { title, shape, change, message } of [
  { title: '--users on a rate', shape: rate, change: { users: 5 }, message: /Expected --rate/ },
  {
    title: '--rate on users',
    shape: spike,
    change: { ratePerSecond: 5 },
    message: /Expected --users/,
  },
  { title: '--users on one pass', shape: once, change: { users: 5 }, message: /one user runs/ },
  { title: '--duration on one pass', shape: once, change: { duration: '5s' }, message: /one user/ },
]) {
  test(`${title} is refused`, () => {
    assert.throws(() => applySettings(shape, settings(change)), { name: 'SettingsError', message })
  })
}

test('one pass ignores the time scale: its ten seconds are a limit, not a length', () => {
  assert.deepEqual(applySettings(once, settings({ timeScale: 0.1 })), once)
})

test('phases lie end to end, and steps of one name are one phase', () => {
  const phases = phasesOf(spike)

  const { via = [], ...spike1 } = phases[2] ?? {}
  assert.deepEqual(spike1, { name: 'spike-1', startSeconds: 90, endSeconds: 220, target: 1_000 })
  assert.deepEqual(
    via.map(({ target }) => target),
    [1_000],
  )
  phases.slice(1).forEach(({ startSeconds }, index) => {
    assert.equal(startSeconds, phases[index]?.endSeconds)
  })
})

test('a phase of several slopes, or with a jump, keeps its course', () => {
  const step = (phase: string, duration: string, target: number) => ({ phase, duration, target })
  const steps = [step('ramp', '10s', 100), step('ramp', '0s', 300), step('ramp', '10s', 200)]
  const jump = [step('hold', '0s', 50), step('hold', '10s', 50)]
  assert.deepEqual(phasesOf({ model: 'open', start: 0, steps: [...steps, ...jump] }), [
    {
      ...{ name: 'ramp', startSeconds: 0, endSeconds: 20, target: 200 },
      via: [
        { seconds: 10, target: 100 },
        { seconds: 10, target: 300 },
      ],
    },
    {
      ...{ name: 'hold', startSeconds: 20, endSeconds: 30, target: 50 },
      via: [{ seconds: 20, target: 50 }],
    },
  ])
})

test('a time belongs to the phase that has begun and not yet ended', () => {
  const phases = phasesOf(spike)

  assert.equal(phaseAt(phases, 0).name, 'warm-up')
  assert.equal(phaseAt(phases, 89.9).name, 'hold')
  assert.equal(phaseAt(phases, 90).name, 'spike-1')
  assert.equal(phaseAt(phases, 1e9).name, 'ramp-down')
})

test('--model open with a rate keeps the shape and its proportions, as a rate', () => {
  const open = applySettings(spike, settings({ model: 'open', ratePerSecond: 500 }))

  assert.equal(open.model, 'open')
  assert.equal(peakTarget(open), 500)
  assert.equal(open.steps[0]?.target, 50)
})

test('--model closed with users does the same for a rate', () => {
  const closed = applySettings(rate, settings({ model: 'closed', users: 20 }))

  assert.equal(closed.model, 'closed')
  assert.equal(peakTarget(closed), 20)
})

for (const { title, shape, change, says } of [
  {
    title: 'another model without its number',
    shape: spike,
    change: { model: 'open' },
    says: /^Expected --rate with --model open/,
  },
  {
    title: 'a closed model without its number',
    shape: rate,
    change: { model: 'closed' },
    says: /^Expected --users with --model closed/,
  },
  {
    title: 'users for an open model',
    shape: spike,
    change: { model: 'open', users: 5 },
    says: /got --users.* with --model closed it takes --users$/,
  },
  {
    title: 'a first rate for a shape that does not rise in steps',
    shape: rate,
    change: { fromRatePerSecond: 5 },
    says: /^Expected --from-rate with a higher --rate, for a rate that rises in steps/,
  },
  {
    title: 'a pool for a closed model',
    shape: spike,
    change: { poolUsers: 5 },
    says: /^Expected no --pool-users/,
  },
  {
    title: 'a model for one pass',
    shape: once,
    change: { model: 'open' },
    says: /^Expected no --users, .* got open/,
  },
] as const) {
  test(`${title} is refused`, () => {
    assert.throws(() => applySettings(shape, settings(change)), { message: says })
  })
}

test('--pool-users is the size of the pool', () => {
  assert.equal(applySettings(rate, settings({ poolUsers: 30 })).poolUsers, 30)
})
