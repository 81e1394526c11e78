import { mergeRuns } from '../merge/merge-runs.ts'
import { readSegmentRun, type SegmentRun } from '../merge/read-segment-run.ts'
import { completeRun } from '../engines/local/complete-run.ts'
import { progress } from '../core/console.ts'

export interface MergeOptions {
  strict: boolean
}

/** Makes one judged run of those of several machines; the exit code says its verdict. */
export async function merge(inputs: readonly string[], { strict }: MergeOptions): Promise<number> {
  const runs: SegmentRun[] = []
  for (const input of inputs) runs.push(await readSegmentRun(input))
  progress('  reading the samples')
  const { folder, manifest, judged, errors } = await mergeRuns(runs)
  return completeRun({ folder, manifest, judged, errors }, { strict })
}
