import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { build, type BuildFailure, type BuildOptions, type OutputFile } from 'esbuild'
import { bundleOptions } from '../../esbuild.config.mjs'
import type { RunSettings } from '../../lib/run-settings.ts'
import { projectPath } from '../core/project.ts'
import { scenarioPath, type WorkloadFolder } from './scenario-files.ts'
import { copyFiles, type ScriptFiles } from './script-files.ts'
import { bundleFailed } from './errors.ts'

/** Which script to make: one scenario on one workload, with the numbers of one run. */
export interface BundleRequest {
  workload: WorkloadFolder
  settings: RunSettings
  /** What the script opens. */
  files?: ScriptFiles | undefined
}

export interface Bundle {
  /** Where it stands; its source map stands beside it. */
  path: string
  script: string
  sourceMap: string
  /** What it opens, in `files/` beside it. */
  files?: ScriptFiles | undefined
}

/**
 * Bundles a scenario and puts the result in `build/<workload>/<scenario>.js`, with the files that it opens.
 *
 * @throws ToolkitError with the TypeScript position when the scenario cannot be bundled
 */
export async function bundleScenario(request: BundleRequest): Promise<Bundle> {
  const { workload, settings } = request
  const outfile = projectPath('build', workload.name, `${settings.scenario}.js`)
  const bundle = await bundleOf(scenarioEntry(settings.scenario, workload), request, outfile)
  await writeBundle(bundle)
  await copyFiles(bundle.files, dirname(outfile))
  return bundle
}

/** Where a bundle begins: esbuild's `entryPoints`, or `stdin` for a text. */
export type BundleEntry = Pick<BuildOptions, 'entryPoints' | 'stdin'>

export function scenarioEntry(scenario: string, workload: WorkloadFolder): BundleEntry {
  return { entryPoints: [scenarioPath(scenario, workload)] }
}

/** What a bundle is made of besides its entry. Without files it opens them where they are. */
export type BundleParts = Omit<BundleRequest, 'workload'> & { workload: WorkloadFolder | undefined }

/**
 * The script that begins at `entry`, in memory.
 *
 * @throws ToolkitError with the TypeScript position when it cannot be bundled
 */
export async function bundleOf(
  entry: BundleEntry,
  { workload, settings, files }: BundleParts,
  outfile: string,
): Promise<Bundle> {
  try {
    const { outputFiles } = await build({
      ...bundleOptions({ workload, settings, filesRoot: files?.root }),
      ...entry,
      outfile,
    })
    return {
      path: outfile,
      script: textOf(outputFiles, '.js'),
      sourceMap: textOf(outputFiles, '.js.map'),
      files,
    }
  } catch (error) {
    throw bundleFailed(settings.scenario, (error as BuildFailure).errors)
  }
}

/** Each file in one step: of two runs at once, neither sees half of one. */
export async function writeBundle({ path, script, sourceMap }: Bundle): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeInOneStep(`${path}.map`, sourceMap)
  await writeInOneStep(path, script)
}

async function writeInOneStep(path: string, text: string): Promise<void> {
  const temporary = `${dirname(path)}/.${basename(path)}.${process.pid}`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

function textOf(files: OutputFile[], ending: string): string {
  return files.find(({ path }) => path.endsWith(ending))?.text ?? ''
}
