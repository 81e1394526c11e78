// How often the verdict of a service with a known p95 is right: the rates of docs/verdict.md.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { measureRaw, openExample } from '../../../tests/support/verdict/example-judging.ts'
import { requests } from '../../../tests/support/verdict/example-recording.ts'
import {
  judgeSimulated,
  type Service,
  simulateRun,
  trueMs,
} from '../../../tests/support/verdict/example-service.ts'
import { judgeWindows } from './judge-windows.ts'

const RUNS = 200

const STEADY = { seconds: 60, requests: 6_000, spread: 0.5 }
const WIDE = { ...STEADY, spread: 1.2 }
const VARYING = { ...STEADY, secondSpread: 0.2 }
const CORRELATED = {
  seconds: 600,
  requests: 12_000,
  spread: 0.5,
  secondSpread: 0.2,
  correlation: 0.7,
}
const SLOW_MODE = { ...STEADY, slowShare: 0.05 }
const STALLING = { ...STEADY, stallSeconds: 2 }

/** Percent of the runs. */
function rate<Run>(runs: readonly Run[], is: (run: Run) => boolean): number {
  return (100 * runs.filter(is).length) / runs.length
}

/** Verdicts of many runs whose true p95 is so many times the limit. */
function verdictsAt(service: Service, timesLimit: number, runs = RUNS) {
  const limitMs = trueMs(service) / timesLimit
  return Array.from({ length: runs }, (_, seed) =>
    judgeSimulated(simulateRun(service, seed), limitMs),
  )
}

describe('a steady service whose p95 is 0.9 of the limit passes without a mark', () => {
  const cases: [what: string, service: Service, passMin: number][] = [
    ['lognormal 0.5, 60 s', STEADY, 99],
    ['lognormal 1.2, 60 s', WIDE, 90],
    ['seconds vary by 20 %, 60 s', VARYING, 79],
    ['seconds correlated by 0.7, 600 s', CORRELATED, 99],
  ]
  for (const [what, service, passMin] of cases) {
    test(what, (t) => {
      const verdicts = verdictsAt(service, 0.9)
      const passed = rate(verdicts, ({ isPass, isClose }) => isPass && !isClose)
      const marked = rate(verdicts, ({ isMarked }) => isMarked)
      t.diagnostic(`PASS in ${passed} %, marked by windows in ${marked} %`)
      assert.ok(passed >= passMin, `PASS in ${passed} %`)
      assert.ok(marked <= 1, `marked in ${marked} %`)
    })
  }
})

describe('one whose p95 is 1.1 of the limit exits with 0 in at most 10 % of the runs', () => {
  const cases: [what: string, service: Service, passMax: number][] = [
    ['lognormal 0.5, 60 s', STEADY, 10],
    ['lognormal 1.2, 60 s', WIDE, 10],
    ['seconds vary by 20 %, 60 s', VARYING, 10],
    ['seconds correlated by 0.7, 600 s', CORRELATED, 10],
    ['a stall of 2 s each minute, 60 s', STALLING, 26],
  ]
  for (const [what, service, passMax] of cases) {
    test(what, (t) => {
      const passed = rate(verdictsAt(service, 1.1), ({ isPass }) => isPass)
      t.diagnostic(`exit 0 in ${passed} %`)
      assert.ok(passed <= passMax, `exit 0 in ${passed} %`)
    })
  }
})

describe('the 90 % interval has the truth inside in about 90 % of the runs', () => {
  const cases: [what: string, service: Service, least: number, most: number][] = [
    ['independent requests', STEADY, 87, 97],
    ['seconds correlated by 0.7', CORRELATED, 79, 95],
    ['one request in twenty ten times as slow', SLOW_MODE, 87, 98],
  ]
  for (const [what, service, least, most] of cases) {
    test(what, (t) => {
      const truth = trueMs(service)
      const covered = rate(verdictsAt(service, 1), ({ interval }) => {
        return interval.low <= truth && truth <= interval.high
      })
      t.diagnostic(`inside in ${covered} %`)
      assert.ok(covered >= least && covered <= most, `${covered} %`)
    })
  }
})

test('a window whose p95 is 1.5 times the limit is seen', (t) => {
  const limitMs = trueMs(STEADY) / 0.9
  const verdicts = Array.from({ length: RUNS }, (_, seed) => {
    const run = simulateRun(STEADY, seed)
    const at = 2 * (seed % 30)
    const slow = run.map((second, index) => {
      return index < at || index > at + 1 ? second : second.map((ms) => (ms * 1.5) / 0.9)
    })
    return judgeSimulated(slow, limitMs)
  })
  const seen = rate(verdicts, ({ violating }) => violating > 0)
  const marked = rate(verdicts, ({ isMarked }) => isMarked)
  t.diagnostic(`seen in ${seen} %, marked in ${marked} %`)
  assert.equal(seen, 100)
  assert.ok(marked >= 97, `marked in ${marked} %`)
})

test('a run with a stall of 2 s is never PASS without a mark', () => {
  const limitMs = 1.5 * trueMs(STEADY)
  const verdicts = Array.from({ length: 100 }, (_, seed) => {
    return judgeSimulated(simulateRun(STALLING, seed), limitMs)
  })
  assert.equal(
    rate(verdicts, ({ isPass, isClose }) => isPass && !isClose),
    0,
  )
})

test('arrays and samples give the same verdict', async (t) => {
  const run = simulateRun(VARYING, 5)
  const limitMs = Number((trueMs(VARYING) / 0.8).toFixed(3))
  const all = run.map((second) => second.map((ms) => Number(ms.toFixed(6))))
  const [from, perSecond] = [30, 100]
  const durationMs = (_: number, index: number): number => {
    return all[Math.floor(index / perSecond)]?.[index % perSecond] ?? NaN
  }
  const context = await openExample(t, {
    samples: requests({ from, to: from + 60, perSecond, durationMs }),
  })
  const raw = { indicator: { latency: 'p95' }, limit: `< ${limitMs}ms`, phases: ['hold'] }
  const measured = await measureRaw(context, raw)
  const { interval, value, violating } = judgeSimulated(all, limitMs)
  assert(measured.windows && measured.interval)
  const near = (one: number | undefined, other: number): boolean => {
    return Math.abs((one ?? NaN) / other - 1) < 1e-9
  }
  assert.ok(near(measured.value, value), `${measured.value}, ${value}`)
  assert.ok(near(measured.interval.low, interval.low), JSON.stringify(measured.interval))
  assert.ok(near(measured.interval.high, interval.high), JSON.stringify(measured.interval))
  const limit = { operator: '<', value: limitMs, unit: 'ms', text: '' } as const
  assert.equal(judgeWindows(measured.windows, limit, undefined).violating, violating)
})
