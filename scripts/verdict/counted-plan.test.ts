import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlan } from '../../tests/support/sla/example.ts'
import { endedPlan } from './counted-plan.ts'
import { judgeExample } from '../../tests/support/verdict/example-judging.ts'
import { iterations, requests, users } from '../../tests/support/verdict/example-recording.ts'

const LONGEST = { startSeconds: 0, endSeconds: 600, target: 10 }
const COUNTED = {
  model: 'once',
  target: 10,
  iterationsPerUser: 100,
  durationSeconds: 600,
  phases: [{ name: 'hold', ...LONGEST }],
} as const
const RATE = { id: 'rate', indicator: { rate: 'http_reqs' }, limit: '> 40/s', phases: ['hold'] }

const recorded = (seconds: number) => [
  ...users(seconds, 10),
  ...iterations({ from: 0, to: seconds, perSecond: 50 }),
  ...requests({ from: 0, to: seconds, perSecond: 50, durationMs: () => 5 }),
]

test('a rate of counted iterations is that of the time they took, not of the longest allowed', async (t) => {
  const plan = { ...COUNTED, phases: [...COUNTED.phases] }
  const run = await judgeExample(t, { recording: recorded(20), objectives: [RATE], plan })

  const [rate] = run.objectives
  assert.equal(rate?.verdict, 'PASS')
  // 1,000 requests, and the last iteration ends after 20.98 s.
  assert.ok(Math.abs((rate.measured ?? 0) - 1_000 / 20.98) < 0.1, String(rate.measured))
})

test('one iteration less than counted is another load than planned', async (t) => {
  const plan = { ...COUNTED, iterationsPerUser: 100.1, phases: [...COUNTED.phases] }
  const run = await judgeExample(t, { recording: recorded(20), objectives: [RATE], plan })

  assert.equal(run.verdict, 'INVALID')
  assert.match(
    run.reasons[0]?.text ?? '',
    /^Only 1,000 of 1,001 planned iterations of the scenario/,
  )
})

test('the plan of a load that is not counted, or has recorded no iteration, stays as it is', () => {
  const timed = createPlan({ durationSeconds: 600, phases: [{ name: 'hold', ...LONGEST }] })
  assert.equal(endedPlan(timed, 20), timed)
  const counted = { ...timed, ...COUNTED, phases: timed.phases }
  assert.equal(endedPlan(counted, 0), counted)
  assert.equal(endedPlan(counted, 20).phases[0]?.endSeconds, 20)
})
