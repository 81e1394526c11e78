import { dirname, extname } from 'node:path'
import { type DataFile, readDataFile } from '../data-file/data-file.ts'
import { notAPlan, planSyntax, planUnreadable } from './errors.ts'

/** What a plan file says, before anybody has looked at what it means. */
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
    const { planOfModule } = await import('./plan-module.ts')
    const data = await planOfModule(path)
    return { ...parts, data, positionOf: () => undefined }
  }
  if (!['.yaml', '.yml', '.json'].includes(ending)) throw notAPlan(path)
  const read = await readDataFile(path)
  if ('unreadable' in read) throw planUnreadable(path, read.unreadable)
  if ('faults' in read) throw planSyntax(path, read.faults)
  return { ...parts, ...read }
}
