import { existsSync } from 'node:fs'
import { readJson } from '../core/read-json.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import type { Manifest, ManifestInstance } from '../run-folder/manifest.ts'
import { RECORDED_FORMAT } from '../run-folder/manifest-format.ts'
import { type InstanceFiles, instanceFiles, type RunFolder } from '../run-folder/run-folder.ts'
import type { Recordings } from '../verdict/recorded-run.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { recordingMissing } from './errors.ts'

/** What a run has left in its folder, judged or not. */
export interface RecordedFolder {
  folder: RunFolder
  manifest: Manifest
  instances: RecordedInstance[]
  recordings: Recordings
  /** Of an earlier time, if it can be read. */
  verdict: VerdictFile | undefined
}

/** One k6 of it. */
export interface RecordedInstance extends ManifestInstance {
  files: InstanceFiles
}

/**
 * Reads what is there of a run.
 *
 * @throws ToolkitError `K6V_RECORDING_MISSING` when it is nothing that could be judged
 */
export async function readRecordedFolder(folder: RunFolder): Promise<RecordedFolder> {
  if (!existsSync(folder.manifest)) throw recordingMissing(folder.path, 'it has no run.json')
  const manifest = await readJson<Manifest>(folder.manifest, RECORDED_FORMAT)
  const rows = manifest.instances
  const instances = rows.map((row) => {
    const { name } = row
    const isOnly = name === undefined || (rows.length === 1 && !manifest.mergedFrom)
    return { ...row, files: isOnly ? folder : instanceFiles(folder, name) }
  })
  const verdict = await readVerdict(folder.verdict).catch(() => undefined)
  const recordings = recordingsOf(folder, instances, verdict)
  if (!recordings) {
    throw recordingMissing(folder.path, 'it has no samples.csv and no samples.parquet')
  }
  return { folder, manifest, instances, recordings, verdict }
}

// A sample file is always whole; without a verdict, the CSV that it was made of says more.
function recordingsOf(
  { samples }: RunFolder,
  instances: readonly RecordedInstance[],
  verdict: VerdictFile | undefined,
): Recordings | undefined {
  const hasTable = existsSync(samples)
  const report = verdict && verdict.samples.rows > 0 ? verdict.samples : undefined
  if (hasTable && report) return { kept: { parquet: samples, report } }
  const recorded = instances.filter(({ files }) => existsSync(files.recorded))
  const [first] = recorded
  if (hasTable && recorded.length < instances.length) return { kept: { parquet: samples } }
  if (!first) return undefined
  if (first.name === undefined) return { csv: first.files.recorded }
  return {
    csv: recorded.map(({ name = '', files }) => ({ instance: name, csv: files.recorded })),
  }
}
