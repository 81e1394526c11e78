import { dirname } from 'node:path'
import { build, type BuildFailure } from 'esbuild'
import { bundleOptions } from '../../esbuild.config.mjs'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { bundleFailed } from '../run/errors.ts'
import { runInitCode } from '../run/evaluate.ts'
import type { EvaluatedScenario } from '../run/evaluated-scenario.ts'
import type { WorkloadFolder } from '../run/scenario-files.ts'

/** What a script says of itself; without a plan where it is not one of this toolkit's. */
export type EvaluatedFile = Omit<EvaluatedScenario, 'plan'>

export interface ScriptOf {
  /** Its name in messages. */
  scenario: string
  /** For a script that imports `workload`. */
  workload?: WorkloadFolder | undefined
}

/**
 * Runs the init code of a script, TypeScript or JavaScript, bundled or not.
 *
 * @throws ToolkitError when it cannot be bundled, or throws
 */
export async function evaluateFile(
  path: string,
  { scenario, workload }: ScriptOf,
): Promise<EvaluatedFile> {
  const settings = { ...DEFAULT_SETTINGS, scenario }
  const place = workload ?? { name: 'any', path: dirname(path) }
  const { alias, ...shared } = bundleOptions({ scenario, workload: place, settings })
  const bundled = await build({
    ...shared,
    ...(workload && { alias }),
    entryPoints: [path],
    format: 'cjs',
    sourcemap: false,
    write: false,
  }).catch((error: unknown) => {
    throw bundleFailed(scenario, (error as BuildFailure).errors)
  })
  const script = bundled.outputFiles[0]?.text ?? ''
  const { options = {}, metrics } = runInitCode(scenario, { script, folder: dirname(path) })
  return { options, scenarios: options.scenarios ?? {}, metrics }
}
