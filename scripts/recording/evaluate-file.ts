import { basename, dirname, resolve } from 'node:path'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { projectPath } from '../core/project.ts'
import { evaluateEntry, type Evaluation } from '../plan/evaluate.ts'
import type { EvaluatedScenario } from '../plan/evaluated-scenario.ts'
import type { WorkloadFolder } from '../plan/scenario-files.ts'

/** What a script says of itself; without a plan where it is not one of this toolkit's. */
export type EvaluatedFile = Omit<EvaluatedScenario, 'plan'>

export interface ScriptOf {
  /** Its name in messages. */
  scenario: string
  /** For a script that imports `workload`. */
  workload?: WorkloadFolder | undefined
}

/**
 * Has k6 run the init code of a script, TypeScript or JavaScript, bundled or not.
 *
 * @throws ToolkitError when it cannot be bundled, or k6 refuses it
 */
export async function evaluateFile(
  path: string,
  { scenario, workload }: ScriptOf,
  evaluation: Evaluation,
): Promise<EvaluatedFile> {
  const settings = { ...DEFAULT_SETTINGS, scenario }
  const entry = { stdin: { contents: withMetrics(path), resolveDir: dirname(resolve(path)) } }
  const { options, facts } = await evaluateEntry(entry, { workload, settings }, evaluation)
  return { options, scenarios: options.scenarios ?? {}, metrics: facts?.metrics ?? {} }
}

/** The same script, whose options say which metrics it creates. */
function withMetrics(path: string): string {
  const script = JSON.stringify(`./${basename(path)}`)
  const list = JSON.stringify(projectPath('lib', 'declared-metrics.ts'))
  return `import * as script from ${script}
import { declaredMetrics } from ${list}
export * from ${script}
const { ext, ...rest } = script.options ?? {}
const own = ext?.['k6-verdict']
const metrics = own?.metrics ?? declaredMetrics
export const options = { ...rest, ext: { ...ext, 'k6-verdict': { ...own, metrics } } }
export default script.default ?? (() => undefined)
`
}
