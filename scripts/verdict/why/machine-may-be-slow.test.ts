import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GeneratorSecond } from '../../generator/generator-second.ts'
import { compileAll } from '../../../tests/support/sla/example.ts'
import { openExample } from '../../../tests/support/verdict/example-judging.ts'
import { requests, START_MS } from '../../../tests/support/verdict/example-recording.ts'
import { machineMayBeSlow } from './machine-may-be-slow.ts'

/** Slow in seconds 40 to 49 of a hold from 30 to 90. */
const SAMPLES = requests({
  from: 0,
  to: 100,
  perSecond: 100,
  durationMs: (at, index) => (at >= 40 && at < 50 && index % 2 === 0 ? 400 : 20),
  status: (at) => (at >= 40 && at < 50.5 && Math.floor(at * 100) % 2 === 1 ? 500 : 200),
})

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }

const ERRORS = { indicator: 'error-ratio', limit: '< 1%' }

function generatorOf(isFull: (second: number) => boolean): GeneratorSecond[] {
  return Array.from({ length: 100 }, (_, second) => ({
    atMs: START_MS + (second + 1) * 1_000,
    k6Cpu: 0.4,
    othersCpu: isFull(second) ? 1.6 : 0.2,
    idleCpu: isFull(second) ? 0 : 1.4,
    stealCpu: 0,
  }))
}

for (const [what, raw, isFull, code] of [
  [
    'the seconds that hold the slow requests',
    LATENCY,
    (s: number) => s >= 40 && s < 50,
    'MACHINE_BUSY',
  ],
  ['the whole run', LATENCY, () => true, 'MACHINE_BUSY'],
  ['other seconds', LATENCY, (s: number) => s >= 60 && s < 70, undefined],
  ['no second', LATENCY, () => false, undefined],
  ['the seconds that hold the failures', ERRORS, (s: number) => s >= 40 && s < 50, undefined],
] as const) {
  test(`without an idle CPU in ${what}, it is ${code ?? 'not the machine'}`, async (t) => {
    const context = await openExample(t, { samples: SAMPLES })
    const [compiled] = compileAll([raw], context.plan)
    assert.ok(compiled)
    const { id, objective } = compiled
    const { value: bound, unit, text: limit } = objective.limit
    const result = {
      id,
      level: 'required',
      limit,
      bound,
      unit,
      measured: 1,
      verdict: 'FAIL',
    } as const
    const generator = generatorOf(isFull)
    const said = await machineMayBeSlow(
      context.database,
      { compiled, result },
      { ...context, generator, cpus: 2 },
    )
    assert.equal(said?.code, code)
    if (what.startsWith('the seconds that hold the slow')) {
      assert.equal(
        said?.text,
        'The machine, not the API, may be slow: no CPU was idle in 10 of 80 s, which hold 500 of the 500 requests over the limit',
      )
    }
  })
}
