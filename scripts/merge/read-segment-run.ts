import { createHash } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { readJson } from '../core/read-json.ts'
import { findRun } from '../run-folder/find-run.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import type { Manifest, ManifestInstance } from '../run-folder/manifest.ts'
import { MANIFEST_FORMAT } from '../run-folder/manifest-format.ts'
import { type InstanceFiles, instanceFiles, type RunFolder } from '../run-folder/run-folder.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { segmentUnreadable } from './errors.ts'
import { archiveHash } from '../script/archive-hash.ts'
import { readObjectives } from '../sla/objectives-file.ts'

/** The run that one machine of several has made. */
export interface SegmentRun {
  folder: RunFolder
  manifest: Manifest & Required<Pick<Manifest, 'segment'>>
  verdict: VerdictFile
  /** What the whole load is to be judged by. */
  objectives: CompiledObjective[]
  /** Of the bundle, but for the id of the run in it; of a script of the user's own, what its archive holds. */
  scriptHash: string
  instances: SegmentInstance[]
}

/** One k6 of such a run. */
export interface SegmentInstance extends ManifestInstance {
  name: string
  /** `1/5:2/5` */
  segment: string
  files: InstanceFiles
}

/**
 * Reads what a machine has left of its part.
 *
 * @throws ToolkitError naming what is missing, or which part of which file is wrong
 */
export async function readSegmentRun(run: string): Promise<SegmentRun> {
  const folder = await findRun(run, process.env)
  const broken = (reason: string) => segmentUnreadable(folder.path, reason)
  const manifest = await readJson<Manifest>(folder.manifest, MANIFEST_FORMAT)
  const { segment, instances } = manifest
  if (!segment) throw broken('it ran the whole load, not a segment of it')
  const named = instances.flatMap((each) => namedInstance(each, folder, instances.length))
  if (named.length < instances.length) throw broken('its run.json does not name every k6')
  const verdict = await readVerdict(folder.verdict)
  const scriptHash = await (
    manifest.script ? archiveHash(folder.archive) : bundleHash(folder)
  ).catch(() => undefined)
  if (scriptHash === undefined) {
    throw broken(`it has no ${manifest.script ? 'script.tar' : 'script.js'}`)
  }
  const objectives = await readObjectives(folder.path)
  if (!(await isThere(folder.samples))) throw broken('it has no samples.parquet')
  const whole = { ...manifest, segment }
  return { folder, manifest: whole, verdict, objectives, scriptHash, instances: named }
}

// What leaves the machine carries the id of its run, which the bundle holds then.
async function bundleHash({ id, script }: RunFolder): Promise<string> {
  const text = await readFile(script, 'utf8')
  return createHash('sha256').update(text.replaceAll(id, 'RUN')).digest('hex')
}

function namedInstance(
  { name, segment, ...rest }: ManifestInstance,
  folder: RunFolder,
  count: number,
): SegmentInstance[] {
  if (name === undefined || segment === undefined) return []
  const files = count === 1 ? folder : instanceFiles(folder, name)
  return [{ ...rest, name, segment, files }]
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
