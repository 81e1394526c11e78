import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeRaw, openExample } from '../../../tests/support/verdict/example-judging.ts'
import { requests } from '../../../tests/support/verdict/example-recording.ts'
import { judgementOf } from './judge-objective.ts'
import { verdictText } from '../verdict.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }

async function verdictOf(t: Parameters<typeof openExample>[0], seconds: number) {
  const samples = requests({ from: 0, to: seconds, perSecond: 400, durationMs: 20 })
  const phases = [{ name: 'hold', startSeconds: 0, endSeconds: seconds, target: 10 }]
  const [row] = await judgeRaw(await openExample(t, { samples, plan: { phases } }), LATENCY)
  const judgement = row && judgementOf(row)
  return judgement && verdictText(judgement)
}

test('a percentile of one second alone is never a clear PASS, however fast', async (t) => {
  assert.equal(await verdictOf(t, 0.9), 'PASS (close)')
})

test('the same over several seconds is PASS', async (t) => {
  assert.equal(await verdictOf(t, 5), 'PASS')
})
