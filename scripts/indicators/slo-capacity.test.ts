import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Phase } from '../../lib/plan.ts'
import { measure } from './indicators.ts'
import { compileAll } from '../../tests/support/sla/example.ts'
import { openExample } from '../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  iterations,
  requests,
} from '../../tests/support/verdict/example-recording.ts'
import type { CapacityDetails } from './from-samples/measure-capacity.ts'
import { reason } from '../reasons/reasons.ts'
import { parseLimit } from '../sla/parse-limit.ts'

const STEP_SECONDS = 10
const RATES = [10, 20, 30, 40, 50]
const PHASES = RATES.map((target, index) => ({
  name: `step-${index + 1}`,
  startSeconds: index * STEP_SECONDS,
  endSeconds: (index + 1) * STEP_SECONDS,
  target,
}))

/** A target that answers 33 iterations per second and not one more, and slower from there on. */
function rampTo(seconds: number): ExampleSample[] {
  return PHASES.flatMap(({ startSeconds, endSeconds, target }) => {
    const from = startSeconds
    const to = Math.min(endSeconds, seconds)
    if (to <= from) return []
    const perSecond = Math.min(target, 33)
    const durationMs = target > 33 ? 900 : 50
    return [
      ...requests({ from, to: to - 1, perSecond, durationMs: () => durationMs }),
      // These begin a second before they end.
      ...iterations({ from: from - 1, to: to - 1, perSecond }),
    ]
  })
}

async function capacityOf(
  t: TestContext,
  seconds: number,
  { limit, gate = 'p50', phases = PHASES }: { limit: string; gate?: string; phases?: Phase[] },
) {
  const plan = { model: 'open', judges: 'steps', target: 50, phases } as const
  const context = await openExample(t, { samples: rampTo(seconds), plan })
  const gates = compileAll([{ indicator: { latency: gate }, limit: '< 200ms' }], context.plan)
  const read = parseLimit(limit, { unit: '/s', better: 'high' })
  assert('operator' in read)
  const indicator = { kind: 'slo-capacity' } as const
  const objective = {
    id: 'capacity',
    indicator,
    limit: read,
    where: {},
    level: 'required',
  } as const
  const measured = await measure(objective, { ...context, gates })
  return { ...measured, details: measured.details as CapacityDetails }
}

test('the capacity lies between the last rate at which all held and the next', async (t) => {
  const { value, details } = await capacityOf(t, 50, { limit: '>= 20/s' })
  assert.equal(value, 30)
  const { good, bad } = details.breakingPoint
  assert.equal(good?.offeredPerSecond, 30)
  assert.deepEqual([bad?.offeredPerSecond, bad?.fellShort], [40, true])
  assert.deepEqual(bad?.missedObjectives, ['o-1'])
})

test('a step with too few requests for every objective is neither good nor bad', async (t) => {
  // p99 needs 1,000 requests, and each step has 330 at most: of those from 40/s on too many are slow already.
  const { details } = await capacityOf(t, 50, { limit: '>= 20/s', gate: 'p99' })
  assert.deepEqual(
    details.steps.map(({ name, missedObjectives }) => [name, missedObjectives]),
    [
      ['step-4', ['o-1']],
      ['step-5', ['o-1']],
    ],
  )
})

test('a limit at the bad end is missed by the good one', async (t) => {
  assert.equal((await capacityOf(t, 50, { limit: '>= 40/s' })).value, 30)
})

// The target is good for 33/s, which steps of 10 cannot tell from 31 or 39.
test('a limit within the bracket is no FAIL, and the reason names the run that tells', async (t) => {
  const { value, isMissed, reason: why } = await capacityOf(t, 50, { limit: '>= 32/s' })
  assert.deepEqual([value, isMissed], [undefined, undefined])
  const capacity = 'between 30/s (good) and 40/s (bad)'
  assert.deepEqual(why, reason('CAPACITY_OPEN', { capacity, limit: '>= 32/s', from: 30, to: 45 }))
})

test('a step that the run ended in says nothing', async (t) => {
  const { details } = await capacityOf(t, 44, { limit: '>= 20/s' })
  assert.deepEqual(
    details.steps.map(({ name }) => name),
    ['step-1', 'step-2', 'step-3', 'step-4'],
  )
})

test('a ramp that broke nothing proves no more than its last step', async (t) => {
  assert.equal((await capacityOf(t, 30, { limit: '>= 20/s' })).value, 30)
  const { value, reason: why } = await capacityOf(t, 30, { limit: '>= 100/s' })
  assert.equal(value, undefined)
  const data = { capacity: 'at least 30/s', limit: '>= 100/s', from: 30, to: 60 }
  assert.deepEqual(why, reason('CAPACITY_ABOVE_RAMP', data))
})

test('a rate above that of the good step is open, and the good one is no FAIL of it', async (t) => {
  const { value, reason: why } = await capacityOf(t, 50, { limit: '> 30/s' })
  assert.deepEqual([value, why?.code], [undefined, 'CAPACITY_OPEN'])
  assert.equal((await capacityOf(t, 50, { limit: '> 29/s' })).value, 30)
  assert.equal((await capacityOf(t, 50, { limit: '> 40/s' })).value, 30)
})

test('a last step that was bad has been tried: a limit up to it is open', async (t) => {
  const phases = PHASES.slice(0, 4)
  const tried = await capacityOf(t, 40, { limit: '>= 40/s', phases })
  const capacity = 'at least 30/s (the last step, 40/s, was bad)'
  const data = { capacity, limit: '>= 40/s', from: 30, to: 45 }
  assert.deepEqual([tried.value, tried.reason], [undefined, reason('CAPACITY_OPEN', data)])

  const { reason: why } = await capacityOf(t, 40, { limit: '>= 50/s', phases })
  assert.deepEqual([why?.code, why?.data['to']], ['CAPACITY_ABOVE_RAMP', 60])
})
