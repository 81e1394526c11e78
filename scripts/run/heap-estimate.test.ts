import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { projectPath } from '../project.ts'
import { evaluateScenario } from './evaluate.ts'
import { liveHeapBytes } from './heap-estimate.ts'

const workload = { name: 'better-prompts', path: projectPath('workloads', 'better-prompts') }

async function estimate(users: number, duration: string): Promise<number> {
  const settings = { ...DEFAULT_SETTINGS, scenario: 'sustained', users, duration, timeScale: 0.01 }
  return liveHeapBytes(await evaluateScenario({ workload, settings }))
}

test('what stays in memory grows with the users and with the time', async () => {
  const small = await estimate(50, '10s')
  assert.ok(small > 20e6 && small < 25e6, `${small} bytes`)
  assert.ok((await estimate(1_000, '10s')) > 200e6)
  assert.ok((await estimate(50, '10h')) > 500e6)
})

test('several k6 share the users', async () => {
  const settings = { ...DEFAULT_SETTINGS, scenario: 'sustained', users: 100, timeScale: 0.01 }
  const evaluated = await evaluateScenario({ workload, settings })
  assert.ok(liveHeapBytes(evaluated, 2) < liveHeapBytes(evaluated))
})
