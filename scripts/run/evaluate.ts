import { readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { relative, resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import type { Options } from 'k6/options'
import type { BuiltPlan } from '../../lib/build-plan.ts'
import type { RunPlan } from '../../lib/plan.ts'
import { projectPath } from '../project.ts'
import { type BundleRequest, bundleForNode } from './bundle.ts'
import { noPlan, scriptThrew, variableMissing, wrongNumbers } from './errors.ts'
import type { CustomMetric, EvaluatedScenario } from './evaluated-scenario.ts'
import { k6Stub } from './k6-stub.ts'

/**
 * Runs the script's init code in Node with k6's modules stubbed, as k6 does to read `options`: the
 * one source for the plan is the script itself.
 *
 * @throws ToolkitError when the numbers do not fit the scenario, or its init code throws
 */
export async function evaluateScenario(
  request: BundleRequest,
  env?: NodeJS.ProcessEnv,
): Promise<EvaluatedScenario> {
  const bundled = await bundleForNode(request)
  return evaluateScript(request.settings.scenario, { ...bundled, env })
}

/** A bundle for Node. */
export interface InitCode {
  script: string
  sourceMap?: string
  /** What the script finds in `__ENV`; left out where it runs elsewhere and nobody here knows. */
  env?: NodeJS.ProcessEnv | undefined
  /** Stands in for it there. */
  elsewhere?: Record<string, string>
  /** What `open()` reads from. @default scenarios/ */
  folder?: string
}

/** The same for a script that has been bundled already. */
export function evaluateScript(scenario: string, code: InitCode): EvaluatedScenario {
  const { options, metrics } = runInitCode(scenario, code)
  const plan = planIn(options)
  if (!options?.scenarios || !plan) throw noPlan(scenario)
  const { scenarios, cloud } = options
  const distribution = cloud?.['distribution'] as BuiltPlan['distribution']
  return { options, plan, scenarios, ...(distribution && { distribution }), metrics }
}

/** The plan that a script of this toolkit carries; undefined for any other. */
export function planIn(options: Options | undefined): RunPlan | undefined {
  return (options as { ext?: Record<string, RunPlan> } | undefined)?.ext?.['k6-verdict']
}

/** What init code exports as `options`, and the metrics that it creates. */
export function runInitCode(
  scenario: string,
  code: InitCode,
): { options: Options | undefined; metrics: Record<string, CustomMetric> } {
  const { env, elsewhere = {}, folder = projectPath('scenarios') } = code
  const { require, metrics } = k6Stub()
  const module = { exports: {} as { options?: Options } }
  const open = (path: string): string => readFileSync(resolve(folder, path), 'utf8')
  try {
    initFunction(code.script)(require, module, open, env ?? elsewhere, 0, 0)
  } catch (error) {
    if (!(error instanceof Error)) throw scriptThrew(scenario, String(error))
    if (error.name === 'SettingsError') throw wrongNumbers(scenario, error.message)
    if (isMissingVariable(error)) {
      if (env) throw variableMissing(scenario, error)
      // What it is changes nothing of the plan.
      const known = { ...elsewhere, [error.variable]: 'set elsewhere' }
      return runInitCode(scenario, { ...code, elsewhere: known })
    }
    throw scriptThrew(scenario, stackOf(error, code.sourceMap))
  }
  return { options: module.exports.options, metrics }
}

// Thrown by requiredEnv() of lib/env.ts.
function isMissingVariable(error: Error): error is Error & { variable: string } {
  return error.name === 'MissingVariable'
}

/** Name of the evaluated code in stack traces. */
const CODE_NAME = 'scenario.node.cjs'

function initFunction(code: string): (...globals: unknown[]) => void {
  const globals = ['require', 'module', 'open', '__ENV', '__VU', '__ITER']
  const init = compileFunction(code, globals, { filename: CODE_NAME })
  return init as (...globals: unknown[]) => void
}

/** The error with the positions of its stack in TypeScript, as far as they are the script's own. */
function stackOf(error: unknown, sourceMap?: string): string {
  if (!(error instanceof Error)) return String(error)
  const stack = error.stack ?? error.message
  // That of JSON.parse quotes the text, which may be a file of credentials.
  const shown = error.name === 'SyntaxError' ? stack.replace(/"[^]*"(?:\.\.\.)?/, '…') : stack
  if (sourceMap === undefined) return shown
  const map = new SourceMap(JSON.parse(sourceMap) as SourceMapPayload)
  const [message = '', ...frames] = shown.split('\n')
  const own = frames.filter((frame) => frame.includes(CODE_NAME))
  const mapped = own.map((frame) =>
    frame.replace(/[^ (]*scenario\.node\.cjs:(\d+):(\d+)/, (_, line: string, column: string) => {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1)
      if (!('originalSource' in entry)) return CODE_NAME
      const source = resolve(projectPath('build', 'any'), entry.originalSource)
      return `${relative(process.cwd(), source)}:${entry.originalLine + 1}`
    }),
  )
  return [message, ...mapped].join('\n')
}
