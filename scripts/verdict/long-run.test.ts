import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeExample, soundGenerator } from '../../tests/support/verdict/example-judging.ts'
import { iterations, requests, users } from '../../tests/support/verdict/example-recording.ts'

const P95 = { indicator: { latency: 'p95' }, limit: '< 200ms' }

test('a long run is judged by all its seconds, and only its drawing has fewer', async (t) => {
  const seconds = 2_400
  // Every second one of them: the mean of two neighbours has an idle CPU.
  const isFull = (second: number): boolean => second % 2 === 0
  const recording = [
    ...users(seconds),
    ...iterations({ from: 0, to: seconds, perSecond: 4 }),
    ...requests({
      from: 0,
      to: seconds,
      perSecond: 40,
      durationMs: (at, index) => (isFull(Math.floor(at)) && index % 4 === 0 ? 400 : 20),
    }),
  ]
  const samples = soundGenerator(seconds).map((each, second) => ({
    ...each,
    k6WaitMs: 0.02,
    ...(isFull(second) && { idleCpuCores: 0, busyCpuCores: 2, othersCpuCores: 1.7 }),
  }))
  const plan = {
    durationSeconds: seconds,
    phases: [{ name: 'hold', startSeconds: 0, endSeconds: seconds, target: 100 }],
  }
  const generator = { samples, cpus: 2, memoryBytes: 1e9 }
  const run = await judgeExample(t, { recording, objectives: [P95], plan, run: { generator } })
  assert.equal(run.objectives[0]?.verdict, 'FAIL')
  assert.ok(run.reasons.some(({ code }) => code === 'MACHINE_BUSY'))
  assert.equal(run.generator.perSecond?.length, seconds / 2)
})
