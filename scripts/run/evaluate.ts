import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import type { Options } from 'k6/options'
import type { RunPlan } from '../../lib/plan.ts'
import { projectPath } from '../project.ts'
import { type BundleRequest, bundleForNode } from './bundle.ts'
import { noPlan, scriptThrew, wrongNumbers } from './errors.ts'
import { k6Stub, type CustomMetric } from './k6-stub.ts'

/** What a script says about itself before anything runs. */
export interface EvaluatedScenario {
  options: Options
  plan: RunPlan
  /** Custom metrics that the script creates, by name. */
  metrics: Record<string, CustomMetric>
}

/**
 * Runs the script's init code in Node with k6's modules stubbed, as k6 does to read `options`: the
 * one source for the plan is the script itself.
 *
 * @throws ToolkitError when the numbers do not fit the scenario, or its init code throws
 */
export async function evaluateScenario(request: BundleRequest): Promise<EvaluatedScenario> {
  const { scenario } = request.settings
  const code = await bundleForNode(request)
  const { require, metrics } = k6Stub()
  const module = { exports: {} as { options?: Options } }
  try {
    initFunction(code, scenario)(require, module, openAsText, {}, 0, 0)
  } catch (error) {
    if (error instanceof Error && error.name === 'SettingsError') {
      throw wrongNumbers(scenario, error.message)
    }
    throw scriptThrew(scenario, error)
  }
  const { options } = module.exports
  const plan = (options as { ext?: Record<string, RunPlan> } | undefined)?.ext?.['k6-verdict']
  if (!options || !plan) throw noPlan(scenario)
  return { options, plan, metrics }
}

function initFunction(code: string, scenario: string): (...globals: unknown[]) => void {
  process.setSourceMapsEnabled(true)
  const globals = ['require', 'module', 'open', '__ENV', '__VU', '__ITER']
  const filename = projectPath('build', `${scenario}.node.cjs`)
  return compileFunction(code, globals, { filename }) as (...globals: unknown[]) => void
}

function openAsText(path: string): string {
  return readFileSync(resolve(projectPath('scenarios'), path), 'utf8')
}
