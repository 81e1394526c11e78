import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GeneratorSecond } from '../../generator/generator-second.ts'
import { cpuPanel } from './cpu-panel.ts'

const START_MS = 1_700_000_000_000
const STEPS = { startMs: START_MS, stepSeconds: 1, step: [0, 1, 2, 3] }

function second(endSeconds: number, changes: Partial<GeneratorSecond> = {}): GeneratorSecond {
  const idle = { k6Cpu: 0.5, othersCpu: 0, idleCpu: 1.5, stealCpu: 0 }
  return { atMs: START_MS + endSeconds * 1_000, ...idle, ...changes }
}

function valuesOf(label: string, perSecond: GeneratorSecond[], steps = STEPS) {
  return cpuPanel(steps, perSecond)?.lines.find((line) => line.label === label)?.values
}

test('each step has the seconds that were mostly in it', () => {
  const perSecond = [0.9, 1.9, 2.9, 3.9].map((at, index) => second(at, { k6Cpu: index }))

  assert.deepEqual(valuesOf('k6', perSecond), [0, 1, 2, 3])
  const coarse = { ...STEPS, stepSeconds: 2, step: [0, 1] }
  assert.deepEqual(valuesOf('k6', perSecond, coarse), [0.5, 2.5])
})

test('a second that went on for longer fills the steps that it covers', () => {
  const perSecond = [second(1), second(3, { k6Cpu: 2 }), second(4, { k6Cpu: 1 })]

  assert.deepEqual(valuesOf('k6', perSecond), [0.5, 2, 2, 1])
})

test('a step that nothing is known of has no value', () => {
  assert.deepEqual(valuesOf('k6', [second(1)]), [0.5, null, null, null])
  assert.equal(cpuPanel(STEPS, []), undefined)
})

test('who used nothing is left out, and seconds without an idle CPU are counted', () => {
  const full = { idleCpu: 0.02, othersCpu: 1.4, k6WaitSeconds: 0.3, gcCpuSeconds: 1.26 }
  const panel = cpuPanel(STEPS, [second(1), second(2), second(3, full), second(4)])
  assert.ok(panel)

  assert.deepEqual(
    panel.lines.map(({ label }) => label),
    ['k6', 'others', 'idle', 'k6 waits'],
  )
  assert.match(panel.summary, /^No CPU was idle in 1 of 4 steps, first at 0:02\./)
  assert.match(panel.summary, /k6 spent 1\.3 CPU s on garbage collection\.$/)
})
