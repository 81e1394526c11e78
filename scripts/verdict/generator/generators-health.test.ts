import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '../../../tests/support/verdict/generator-example.ts'
import { judgeGenerator } from './generator-health.ts'
import { joinHealths } from './generators-health.ts'

test('CPU of several machines adds up, and how long k6 waits each time does not', () => {
  const machine = (name: string, k6WaitMs: number) => {
    return { name, health: judgeGenerator({ samples: seconds(9, { k6WaitMs }), cpus: 2 }) }
  }
  const { cpus, k6CpuCores, k6WaitMs } = joinHealths([machine('1', 0.2), machine('2', 0.4)])

  assert.deepEqual([cpus, k6CpuCores], [4, { median: 2, peak: 2 }])
  assert.deepEqual(k6WaitMs, { median: 0.4, peak: 0.4 })
})
