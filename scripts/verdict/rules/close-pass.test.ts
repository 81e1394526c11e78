import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileAll } from '../../../tests/support/sla/example.ts'
import { correctedMisses, noFailureSeen } from './close-pass.ts'
import { ratioInterval } from '../../statistics/ratio-interval.ts'

function objectiveOf(raw: Record<string, unknown>) {
  const [compiled] = compileAll([raw])
  assert(compiled)
  return compiled.objective
}

function measured(good: number, samples: number) {
  const estimate = ratioInterval([{ events: good, total: samples }])
  assert(estimate)
  return { samples, value: estimate.ratio, interval: estimate.interval, sql: '' }
}

const AVAILABLE = objectiveOf({ indicator: 'availability', limit: '>= 99.9%' })

test('no failure in too few samples says how many would be enough', () => {
  const found = noFailureSeen(AVAILABLE, measured(1_600, 1_600), { seconds: 80 })
  assert.equal(found?.code, 'NO_FAILURE_SEEN')
  assert.equal(
    found.text,
    'no failure in 1,600 samples proves 99.8312%, 2,703 are needed: --duration 136s',
  )
})

test('where iterations are counted it says how many, and no time', () => {
  const found = noFailureSeen(AVAILABLE, measured(1_600, 1_600), { seconds: 80, iterations: 400 })
  assert.match(found?.text ?? '', /2,703 are needed: a run of 676 iterations$/)
})

test('the number that it asks for is enough, and one less is not', () => {
  assert.equal(noFailureSeen(AVAILABLE, measured(2_703, 2_703), { seconds: 80 }), undefined)
  assert.equal(
    noFailureSeen(AVAILABLE, measured(2_702, 2_702), { seconds: 80 })?.data['needed'],
    2_703,
  )
})

describe('it is said of perfect ratios only', () => {
  test('errors are counted the other way round', () => {
    const errors = objectiveOf({ indicator: 'error-ratio', limit: '< 1%' })
    assert.match(
      noFailureSeen(errors, measured(0, 100), { seconds: 10 })?.text ?? '',
      /^no failure in 100 samples proves at most 2\.6343%, 268 are needed: --duration 27s$/,
    )
    assert.equal(noFailureSeen(errors, measured(0, 300), { seconds: 10 }), undefined)
  })

  test('a failure has an interval of its own', () => {
    assert.equal(noFailureSeen(AVAILABLE, measured(1_599, 1_600), { seconds: 80 }), undefined)
  })

  test('a limit of all or nothing has none', () => {
    const all = objectiveOf({ indicator: 'availability', limit: '>= 100%' })
    assert.equal(noFailureSeen(all, { samples: 50, value: 1, sql: '' }, { seconds: 80 }), undefined)
  })
})

describe('a latency that waiting users would have seen', () => {
  const latency = objectiveOf({ indicator: { latency: 'p95' }, limit: '< 200ms' })
  test('misses the limit', () => {
    const found = correctedMisses(latency, { samples: 400, value: 100, corrected: 13_275, sql: '' })
    assert.equal(found?.code, 'COORDINATED_OMISSION')
    assert.match(found.text, /13,275 ms, expected < 200ms$/)
  })

  test('or meets it', () => {
    const measurement = { samples: 400, value: 100, corrected: 150, sql: '' }
    assert.equal(correctedMisses(latency, measurement), undefined)
    assert.equal(correctedMisses(latency, { samples: 400, value: 100, sql: '' }), undefined)
  })
})
