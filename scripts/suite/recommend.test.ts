import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofObjective, reason } from '../reasons/reasons.ts'
import { below, createRow } from '../../tests/support/report/example-rows.ts'
import {
  createVerdict,
  hostileVerdict,
  JUDGEMENTS,
} from '../../tests/support/report/example-verdict.ts'
import { causeText, type Cause } from '../verdict/why/cause.ts'
import { recommendations } from './recommend.ts'

const ALONE = { runsAtOnce: 1 }

const MISSED = createRow({
  measured: 218,
  verdict: 'FAIL',
  reason: reason('LIMIT_MISSED', { measured: 218, limit: below(200) }),
})

/** Why it was missed, in one phase. */
function causeOf(code: Cause['code']): Cause {
  const words = {
    missed: 'latency-p95 missed',
    when: 'in spike-2',
    where: 'all',
    what: '1.9',
    rest: '',
  }
  const when = [{ startSeconds: 10, endSeconds: 20, phase: 'spike-2' }]
  const data = { objectiveId: 'latency-p95', limit: '< 200ms', when, where: 'all', coincided: [] }
  return { code, text: causeText(code, words), data: { ...data, accountsFor: 1, alsoMissed: [] } }
}

test('a clear PASS with room asks for nothing', () => {
  assert.deepEqual(recommendations(createVerdict(), ALONE), [])
})

test('a missed latency names its share of the limit, the slowest endpoint and the phase', () => {
  const file = createVerdict({ verdict: 'FAIL', objectives: [MISSED] })
  const [plain] = recommendations(file, ALONE)
  assert(plain)
  assert.equal(plain.figure, 'latency-p95: 218 ms, expected < 200ms (109% of the limit)')
  assert.match(
    plain.advice,
    /^Look at POST \/v1\/enhance first, the slowest \(p95 151\.5 ms over 10,000 requests\)\. /,
  )

  const [caused] = recommendations({ ...file, causes: [causeOf('WHY_SLOW_SECONDS')] }, ALONE)
  assert.match(
    caused?.figure ?? '',
    /^latency-p95 missed because of slow seconds in spike-2 .*\(109% of the limit\)$/,
  )
  assert.match(caused?.advice ?? '', /requests\) in spike-2\. docs\/optimization-guide\.md /)
})

test('where others took the CPU, the machine is looked at and not the target', () => {
  const file = createVerdict({
    verdict: 'FAIL',
    objectives: [MISSED],
    causes: [causeOf('WHY_CPU_TAKEN')],
  })
  const [first] = recommendations(file, { runsAtOnce: 3 })
  assert.match(first?.advice ?? '', /^3 runs shared this machine: remove "parallel" from the phase/)
})

test('a missed error ratio names the most frequent failure', () => {
  const errors = createRow({
    id: 'errors',
    indicator: 'error-ratio',
    limit: '< 0.1%',
    bound: 0.001,
    unit: 'ratio',
    measured: 0.02,
    verdict: 'FAIL',
  })
  const { series } = createVerdict()
  const group = { endpoint: 'POST /v1/batch', status: '503', requests: 12, firstAtMs: 0 }
  const file = createVerdict({
    verdict: 'FAIL',
    objectives: [errors],
    series: { ...series, errors: [group] },
  })
  assert.match(
    recommendations(file, ALONE)[0]?.advice ?? '',
    /POST \/v1\/batch .*: 12 requests ended with status 503\.$/,
  )
})

test('a busy generator asks for fewer users or more machine, and its objectives do not count', () => {
  const busy = reason('GENERATOR_CPU_SATURATED', { seconds: 12, of: 30, cpus: 2, k6Cpu: 1.9 })
  const file = createVerdict({ verdict: 'INVALID', objectives: [MISSED], reasons: [busy] })
  const found = recommendations(file, ALONE)
  assert.deepEqual(
    found.map(({ code }) => code),
    ['GENERATOR_BUSY'],
  )
  assert.match(found[0]?.figure ?? '', /^k6 had no CPU to spare in 12 of 30 s/)
  assert.match(
    found[0]?.advice ?? '',
    /^Give the run fewer than 100 users, or a machine with more than 2 CPUs/,
  )
})

test('too few samples say how much longer the run has to be', () => {
  const few = reason('TOO_FEW_SAMPLES', { samples: 400, needed: 1_000 })
  const row = createRow({ id: 'latency-p99', verdict: 'NO_DATA', reason: few })
  const [first] = recommendations(createVerdict({ verdict: 'NO_DATA', objectives: [row] }), ALONE)
  assert(first)
  assert.equal(first.figure, 'latency-p99: 400 samples, at least 1,000 are needed')
  assert.match(
    first.advice,
    /^Run it 3 times as long, about 302 s in all \(duration\), or set timeScale to 0\.3 instead of 0\.1/,
  )
})

test('close to a limit, and with little room, are told with their figures', () => {
  const close = reason('CLOSE_TO_LIMIT', { measured: 198, low: 195, high: 203, limit: below(200) })
  const rows = [
    createRow({ measured: 198, isClose: true, reason: close }),
    createRow({ id: 'latency-p50', indicator: 'latency p50', measured: 185 }),
  ]
  const found = recommendations(createVerdict({ objectives: rows, isClose: true }), ALONE)
  assert.deepEqual(
    found.map(({ code, figure }) => [code, figure]),
    [
      ['CLOSE_TO_LIMIT', `latency-p95: ${close.text}`],
      ['LITTLE_ROOM', 'latency-p50: 185 ms is 93% of what < 200ms allows'],
    ],
  )
})

test('an exact threshold of a script has no room to be short of', () => {
  const exact = createRow({
    indicator: 'iterations',
    limit: '== 8',
    bound: 8,
    unit: 'total',
    measured: 8,
  })
  assert.deepEqual(recommendations(createVerdict({ objectives: [exact] }), ALONE), [])
})

test('nothing is recommended without a figure behind it', () => {
  const threw = reason('SCRIPT_FAILED', { message: 'no reason given' })
  const files = [
    createVerdict({
      verdict: 'INVALID',
      reasons: [threw, ofObjective('x', reason('NO_SAMPLES', {}))],
    }),
    hostileVerdict(),
    ...JUDGEMENTS.map((judgement) => createVerdict({ ...judgement, objectives: [] })),
  ]
  for (const file of files) {
    for (const { figure, advice } of recommendations(file, ALONE)) {
      assert.match(figure, /\d/)
      assert.match(advice, /\.$/)
    }
  }
})
