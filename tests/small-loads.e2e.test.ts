// Every scenario with few users, a low rate and short phases: a plan that k6 accepts, or one error before the start.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ToolkitError } from '../scripts/core/errors.ts'
import { parseDuration } from '../lib/duration.ts'
import { DEFAULT_SETTINGS, type RunSettings } from '../lib/run-settings.ts'
import { evaluateScenario } from '../scripts/plan/evaluate.ts'
import { realK6 } from './k6.ts'
import { findWorkload, scenarioFiles } from '../scripts/plan/scenario-files.ts'

const { path: k6 } = await realK6()

const FEW = [1, 2, 3, 4, 7, 10, 11, 12, 20]

type Numbers = Partial<Pick<RunSettings, 'users' | 'ratePerSecond' | 'timeScale' | 'model'>>

const TABLE: Numbers[] = [
  ...FEW.map((users): Numbers => ({ users, timeScale: 0.001 })),
  ...FEW.map((ratePerSecond): Numbers => ({ ratePerSecond, timeScale: 0.001 })),
  { ratePerSecond: 1, timeScale: 0.1, model: 'open' },
  { users: 1, timeScale: 1, model: 'closed' },
  // Its own numbers: smoke takes no others.
  {},
]

/** As much of a k6 scenario as is needed to see whether k6 takes it. */
interface Stages {
  startVUs?: number
  startRate?: number
  timeUnit?: string
  preAllocatedVUs?: number
  vus?: number
  stages?: { duration: string; target: number }[]
}

/** Those of any workload, and one whose users have so many iterations each. */
const SCENARIOS = scenarioFiles().filter(
  ({ name, workload: owner }) => owner === undefined || name === 'canvas-reads',
)

describe('a small load is planned, or refused in one sentence', () => {
  for (const { name: scenario, workload: owner = 'better-prompts' } of SCENARIOS) {
    test(scenario, async () => {
      const outcomes: string[] = []
      for (const numbers of TABLE) outcomes.push(await outcomeOf(scenario, numbers, owner))
      assert.deepEqual(
        outcomes.filter((outcome) => !/^(planned|refused: )/.test(outcome)),
        [],
      )
      assert.ok(outcomes.includes('planned'), outcomes.join('\n'))
    })
  }

  test('dashboard with 10 users names the part that would have none, and how many are enough', async () => {
    assert.equal(
      await outcomeOf('dashboard', { users: 10 }),
      'refused: dashboard: Expected more than 10 users: export-json has 5 % of them, which rounds to 0; 11 are enough',
    )
    assert.equal(await outcomeOf('dashboard', { users: 11 }), 'planned')
  })
})

/** `planned` for one that k6 takes, `refused: …` for the user's mistake, else what is wrong. */
async function outcomeOf(
  scenario: string,
  numbers: Numbers,
  owner = 'better-prompts',
): Promise<string> {
  const workload = findWorkload(owner)
  assert.ok(workload)
  try {
    const settings = { ...DEFAULT_SETTINGS, scenario, ...numbers }
    const { scenarios, plan } = await evaluateScenario(
      { workload, settings },
      { k6, env: process.env },
    )
    const faults = Object.entries(scenarios).flatMap(([name, each]) =>
      faultsOf(name, each as Stages),
    )
    return faults.length === 0 && plan.durationSeconds > 0 ? 'planned' : JSON.stringify(faults)
  } catch (error) {
    if (error instanceof ToolkitError && error.code === 'K6V_WRONG_NUMBERS') {
      return `refused: ${error.message}`
    }
    throw error
  }
}

function faultsOf(name: string, k6Scenario: Stages): string[] {
  const { startVUs, startRate, timeUnit = '1s', preAllocatedVUs = 1, vus, stages = [] } = k6Scenario
  const targets = [startVUs ?? startRate ?? vus ?? 0, ...stages.map(({ target }) => target)]
  const seconds = stages.reduce((sum, { duration }) => sum + parseDuration(duration), 0)
  return [
    ...(Math.max(...targets) > 0 ? [] : [`${name} has no positive target`]),
    ...(targets.every(Number.isInteger) ? [] : [`${name} has a target that is not whole`]),
    ...(seconds > 0 || stages.length === 0 ? [] : [`${name} takes no time`]),
    ...(parseDuration(timeUnit) > 0 ? [] : [`${name} has a rate per nothing`]),
    ...(preAllocatedVUs > 0 ? [] : [`${name} has no pool`]),
  ]
}
