import { dirname, extname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { build, type BuildFailure } from 'esbuild'
import { type DataFile, readDataFile } from '../data-file/data-file.ts'
import { projectPath } from '../core/project.ts'
import { notAPlan, planModule, planSyntax, planUnreadable } from './errors.ts'

/** What a plan file says, before its meaning is checked. */
export interface PlanSource extends DataFile {
  /** Absolute. */
  path: string
  /** What relative paths in the plan begin at. */
  folder: string
}

/**
 * Reads a plan. A TypeScript file is executed, as a workload is.
 *
 * @throws ToolkitError when it cannot be read, or is no YAML, JSON or TypeScript with a plan
 */
export async function readPlanSource(path: string): Promise<PlanSource> {
  const ending = extname(path)
  const parts = { path, folder: dirname(path) }
  if (ending === '.ts') {
    const data = await planOfModule(path)
    return { ...parts, data, positionOf: () => undefined }
  }
  if (!['.yaml', '.yml', '.json'].includes(ending)) throw notAPlan(path)
  const read = await readDataFile(path)
  if ('unreadable' in read) throw planUnreadable(path, read.unreadable)
  if ('faults' in read) throw planSyntax(path, read.faults)
  return { ...parts, ...read }
}

/**
 * The default export of a file, with all that it imports.
 *
 * @throws ToolkitError when it cannot be bundled, throws, or has none
 */
export async function planOfModule(path: string): Promise<unknown> {
  if (!existsSync(path)) throw planUnreadable(path, 'no file')
  const text = await bundled(path)
  const folder = projectPath('build', '.plans')
  const file = join(folder, `${randomUUID()}.mjs`)
  await mkdir(folder, { recursive: true })
  await writeFile(file, text)
  try {
    const { default: plan } = (await import(pathToFileURL(file).href)) as { default?: unknown }
    if (typeof plan !== 'object' || plan === null) throw new Error(`it is ${typeof plan}`)
    if ('toPlan' in plan) throw new Error('it ends without .toPlan()')
    // What JSON cannot hold is no data.
    return JSON.parse(JSON.stringify(plan)) as unknown
  } catch (error) {
    throw planModule(path, (error as Error).message)
  } finally {
    await rm(file, { force: true })
  }
}

async function bundled(path: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [path],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'silent',
    })
    return outputFiles[0]?.text ?? ''
  } catch (error) {
    const [first] = (error as BuildFailure).errors
    const line = first?.location ? `line ${first.location.line}: ` : ''
    throw planModule(path, `${line}${first?.text ?? (error as Error).message}`)
  }
}
