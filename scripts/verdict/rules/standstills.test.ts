import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { RunPlan } from '../../../lib/plan.ts'
import { openExample } from '../../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  request,
  requests,
  sample,
  START_MS,
} from '../../../tests/support/verdict/example-recording.ts'
import { standstills } from './standstills.ts'

interface Found {
  /** Seconds since the start of the load. */
  from: number
  to: number
  phase: string
  reachesEnd: boolean
}

async function found(
  t: TestContext,
  samples: ExampleSample[],
  { ranSeconds = 100, ...plan }: Partial<RunPlan> & { ranSeconds?: number } = {},
): Promise<Found[]> {
  const context = await openExample(t, { samples, plan })
  const all = await standstills(context, (START_MS + ranSeconds * 1_000) * 1_000)
  const seconds = (us: number): number => Number((us / 1e6 - START_MS / 1e3).toFixed(2))
  return all.map(({ startUs, endUs, phase, reachesEnd }) => {
    return { from: seconds(startUs), to: seconds(endUs), phase, reachesEnd }
  })
}

/** Twenty users, each of whom asks again half a second after an answer; the target freezes from time to time. */
function closed(freezes: [from: number, to: number][], until = 100): ExampleSample[] {
  return Array.from({ length: 20 }, (_, user) => {
    const own: ExampleSample[] = []
    for (let at = user / 40; at < until;) {
      const frozen = freezes.find(([from, to]) => at + 0.01 >= from && at < to)
      const done = frozen ? frozen[1] + 0.01 : at + 0.01
      const isLost = done > 130
      own.push(
        ...request({ at, durationMs: (isLost ? 15 : done - at) * 1_000, status: isLost ? 0 : 200 }),
        sample('iteration_duration', done, { value: (done - at + 0.49) * 1_000 }),
      )
      at = done + 0.49 + (isLost ? 15 : 0)
    }
    return own
  }).flat()
}

describe('a target that stands still is found', () => {
  for (const seconds of [2, 5, 10, 20, 30]) {
    test(`for ${seconds} s, from the last answer to the next`, async (t) => {
      const [only, ...others] = await found(t, closed([[40, 40 + seconds]]))
      assert.deepEqual(others, [])
      assert(only)
      assert.ok(only.from > 39.8 && only.from <= 40, String(only.from))
      assert.equal(only.to, 40 + seconds + 0.01)
      assert.deepEqual([only.phase, only.reachesEnd], ['hold', false])
    })
  }

  test('three times', async (t) => {
    const all = await found(t, closed([[35, 37], [50, 52], [70, 73]])) // prettier-ignore
    assert.deepEqual(
      all.map(({ to }) => to),
      [37.01, 52.01, 73.01],
    )
  })

  test('until the end, while its requests time out', async (t) => {
    const [only] = await found(t, closed([[60, 1_000]]))
    assert.deepEqual([only?.to, only?.reachesEnd], [90, true])
  })

  test('in the open model, where requests begin meanwhile', async (t) => {
    const samples = requests({
      from: 0,
      to: 100,
      perSecond: 20,
      durationMs: (at) => (at >= 50 && at < 56 ? (56 - at) * 1_000 + 10 : 10),
    })
    const [only] = await found(t, samples, { model: 'open' })
    assert.ok(only && Math.abs(only.from - 50) < 0.1 && Math.abs(only.to - 56) < 0.1)
  })
})

test('k6 that stands still is found: it sends nothing', async (t) => {
  const samples = closed([]).filter(({ at }) => at < 60 || at > 69)
  const [only, ...others] = await found(t, samples)
  assert.deepEqual(others, [])
  assert.ok(only && only.from > 59.5 && only.to < 69.5)
})

test('what stands still over the end of the judged time, and answers again, does not reach the end', async (t) => {
  // The hold ends at 90 s.
  const stalls = await found(t, closed([[86, 92]]))
  assert.deepEqual(
    stalls.map(({ to, reachesEnd }) => [to, reachesEnd]),
    [[90, false]],
  )
})

describe('nothing stands still', () => {
  test('in a steady run', async (t) => assert.deepEqual(await found(t, closed([])), []))

  test('where users pause in lockstep', async (t) => {
    const bursts = Array.from({ length: 10 }, (_, cycle) =>
      Array.from({ length: 50 }, (__, user) => [
        ...request({ at: cycle * 10 + user / 1_000, durationMs: 20 }),
        sample('iteration_duration', cycle * 10 + 10 + user / 1_000, { value: 10_000 }),
      ]).flat(),
    ).flat()
    assert.deepEqual(await found(t, bursts), [])
  })

  test('where all wait for a slow answer in lockstep', async (t) => {
    const bursts = Array.from({ length: 25 }, (_, cycle) =>
      Array.from({ length: 50 }, (__, user) => [
        ...request({ at: cycle * 4 + user / 1_000, durationMs: 3_900 }),
        sample('iteration_duration', cycle * 4 + 4, { value: 4_000 }),
      ]).flat(),
    ).flat()
    assert.deepEqual(await found(t, bursts), [])
  })

  test('where little is sent', async (t) => {
    const rare = requests({ from: 0, to: 100, perSecond: 1 }).filter(({ at }) => at < 60 || at > 70)
    assert.deepEqual(await found(t, rare), [])
  })

  test('after a run was ended', async (t) => {
    assert.deepEqual(await found(t, closed([], 60), { ranSeconds: 60.5 }), [])
    assert.equal((await found(t, closed([], 60))).length, 1)
  })

  test('in a warm-up, which is not judged', async (t) => {
    assert.deepEqual(await found(t, closed([[3, 9]])), [])
  })

  test('in a run of one pass, or of nothing', async (t) => {
    assert.deepEqual(await found(t, closed([[40, 50]]), { model: 'once' }), [])
    assert.deepEqual(await found(t, []), [])
  })
})
