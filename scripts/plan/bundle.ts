import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { constants, existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type BuildFailure, type BuildOptions, type OutputFile } from 'esbuild'
import { bundleOptions } from '../../esbuild.config.mjs'
import type { RunSettings } from '../../lib/run-settings.ts'
import { PROJECT_FOLDER, projectPath } from '../core/project.ts'
import { scenarioPath, type WorkloadFolder } from './scenario-files.ts'
import { bundleFailed } from './errors.ts'
import type { NamedFile } from '../../lib/files/named-files.ts'

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

/** Files that a script opens: they go wherever it goes. */
export interface ScriptFiles {
  /** What of their paths is left out. */
  root: string
  paths: string[]
}

/** Beside the script, what `root` is to the files. */
const FILES_FOLDER = 'files'

/** What of the files that a script has named is there, with what .proto files import; undefined where it is none. */
export function scriptFiles(
  named: readonly NamedFile[],
  workload: WorkloadFolder,
): ScriptFiles | undefined {
  const found = named.flatMap(({ path, importPaths }) => {
    const folders = (importPaths ?? []).map(pathOf)
    return importPaths ? withImports(pathOf(path), folders) : [pathOf(path)]
  })
  const paths = [...new Set(found)].filter(isFile)
  if (paths.length === 0) return undefined
  return { root: commonFolder([PROJECT_FOLDER, workload.path, ...paths.map(dirname)]), paths }
}

/** Puts the files beside a script in a folder. */
export async function copyFiles(files: ScriptFiles | undefined, folder: string): Promise<void> {
  for (const path of files?.paths ?? []) {
    const to = join(folder, FILES_FOLDER, relative(files?.root ?? '', path))
    await mkdir(dirname(to), { recursive: true })
    // Where the file system can, without taking room for it twice.
    await copyFile(path, to, constants.COPYFILE_FICLONE)
  }
}

function pathOf(path: string): string {
  return path.startsWith('file:') ? fileURLToPath(path) : path
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

const IMPORT = /^\s*import\s+(?:(?:public|weak)\s+)?"([^"]+)"/gm

/** A .proto file and all that it imports; what is in none of the folders, k6 has itself. */
function withImports(path: string, folders: readonly string[], seen = new Set<string>()): string[] {
  if (seen.has(path) || !isFile(path)) return [...seen]
  seen.add(path)
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
    for (const folder of folders) withImports(join(folder, name), folders, seen)
  }
  return [...seen]
}

/** The deepest folder that all of these are in, with a separator at its end. */
export function commonFolder(folders: readonly string[], separator: string = sep): string {
  const [first = [], ...others] = folders.map((folder) => folder.split(separator))
  const end = first.findIndex((part, at) => others.some((parts) => parts[at] !== part))
  const shared = end === -1 ? first : first.slice(0, end)
  return [...shared.filter((part, at) => part !== '' || at === 0), ''].join(separator)
}
