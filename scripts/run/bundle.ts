import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { build, type BuildFailure, type OutputFile } from 'esbuild'
import { type Baked, bundleOptions } from '../../esbuild.config.mjs'
import type { BuiltPlan } from '../../lib/build-plan.ts'
import { k6Options } from '../../lib/k6-options.ts'
import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'
import { loadsOf, userPlanOf } from '../../lib/user-plan.ts'
import { projectPath } from '../project.ts'
import type { WorkloadFolder } from './scenario-files.ts'
import { bundleFailed } from './errors.ts'
import { sparedScript } from './user-memory/kept-script.ts'

/** Which script to make: one scenario on one workload, with the numbers of one run. */
export interface BundleRequest {
  workload: WorkloadFolder
  settings: RunSettings
  /** What evaluating the script gave; left out for that evaluation itself. */
  built?: BuiltPlan
}

export interface Bundle {
  /** Where the bundle stands in `build/`. */
  path: string
  script: string
  sourceMap: string
}

/**
 * Bundles in memory, then puts the result in `build/<workload>/<scenario>.js` in one step, so that
 * two runs at once never see half a file.
 *
 * @throws ToolkitError with the TypeScript position when the scenario cannot be bundled
 */
export async function bundleScenario(request: BundleRequest): Promise<Bundle> {
  const { outputFiles } = await runEsbuild(request, 'esm')
  const path = outputFiles.find((file) => file.path.endsWith('.js'))?.path ?? ''
  const { script, sourceMap, key } = await sparedScript(path, {
    script: textOf(outputFiles, '.js'),
    sourceMap: textOf(outputFiles, '.js.map'),
  })
  if (key) {
    await mkdir(dirname(path), { recursive: true })
    await writeInOneStep(`${path}.map`, sourceMap)
    await writeInOneStep(path, script)
    await writeInOneStep(key.path, key.text)
  }
  return { path, script, sourceMap }
}

/** The same script as CommonJS, for Node to look at before k6 does. */
export async function bundleForNode(request: BundleRequest): Promise<Omit<Bundle, 'path'>> {
  const { outputFiles } = await runEsbuild(request, 'cjs')
  return { script: textOf(outputFiles, '.js'), sourceMap: textOf(outputFiles, '.js.map') }
}

/**
 * Several scenarios as CommonJS at once, by name, with their own numbers and without source maps: what
 * they share is read once.
 *
 * @throws Error when one of them cannot be bundled
 */
export async function bundleAllForNode(
  workload: WorkloadFolder,
  scenarios: readonly string[],
): Promise<Map<string, string>> {
  const of = { scenario: '', workload, settings: DEFAULT_SETTINGS }
  const { outfile = '', ...shared } = bundleOptions(of)
  const { outputFiles } = await build({
    ...shared,
    entryPoints: scenarios.map((scenario) => projectPath('scenarios', `${scenario}.ts`)),
    outdir: dirname(outfile),
    format: 'cjs',
    sourcemap: false,
    write: false,
  })
  return new Map(outputFiles.map(({ path, text }) => [basename(path, '.js'), text]))
}

async function runEsbuild(request: BundleRequest, format: 'esm' | 'cjs') {
  const { workload, settings, built } = request
  const baked = built && bakedOf(built, settings)
  const options = bundleOptions({ workload, settings, built: baked, scenario: settings.scenario })
  try {
    return await build({ ...options, format, write: false })
  } catch (error) {
    throw bundleFailed(settings.scenario, (error as BuildFailure).errors)
  }
}

/** What is baked into the bundle: for each user, and, as text, for `options` alone. */
function bakedOf(built: BuiltPlan, settings: RunSettings): Baked {
  const { seed, usersBefore } = settings
  const { plan } = built
  const phases = loadsOf(plan.phases)
  return {
    settings: { seed, ...(usersBefore !== undefined && { usersBefore }) },
    plan: userPlanOf(plan),
    options: { ...k6Options(built, settings), ext: { 'k6-verdict': { ...plan, phases } } },
  }
}

function textOf(files: OutputFile[], ending: string): string {
  return files.find(({ path }) => path.endsWith(ending))?.text ?? ''
}

async function writeInOneStep(path: string, text: string): Promise<void> {
  const temporary = `${dirname(path)}/.${basename(path)}.${process.pid}`
  await writeFile(temporary, text)
  await rename(temporary, path)
}
