import { join } from 'node:path'
import { say } from '../../core/console.ts'
import { SAMPLES_FOLDER } from './cluster-options.ts'
import type { Kubectl } from './kubectl.ts'
import { runName } from './names.ts'
import type { WrittenRun } from './written-run.ts'
import { samplesFile, summaryFile } from './runner-environment.ts'
import { instanceFolder } from './runner-logs.ts'
import { openVolumes, type VolumeFiles } from './volume-files.ts'
import type { Runner } from './wait-for-runners.ts'

/** What came back from the samples' volume. */
export interface FetchedSamples {
  /** Runners whose samples are in `instances/<name>/samples.csv`. */
  recorded: Runner[]
  /** Why not all samples came back. */
  faults: string[]
}

export const NO_FILES: FetchedSamples = { recorded: [], faults: [] }

interface FetchInput {
  written: WrittenRun
  runners: readonly Runner[]
  volumes: VolumeFiles | undefined
}

/** Brings samples and summaries of all runners back; one that does not come takes away no other. */
export async function fetchSamples(
  kubectl: Kubectl,
  { written, runners, volumes }: FetchInput,
): Promise<FetchedSamples> {
  const { cluster, folder } = written
  if (cluster.samplesVolume === undefined) return NO_FILES
  const run = runName(folder.id)
  let files: VolumeFiles
  try {
    files = volumes ?? (await openVolumes(kubectl, { run, cluster }))
  } catch (error) {
    return { recorded: [], faults: [`no samples came back: ${messageOf(error)}`] }
  }
  const recorded: Runner[] = []
  const faults: string[] = []
  for (const runner of runners) {
    const place = instanceFolder(written, runner)
    try {
      await files.fetch(samplesFile(runner.job), join(place, 'samples.csv'))
      recorded.push(runner)
    } catch (error) {
      faults.push(`the samples of runner ${runner.instance} did not come back: ${messageOf(error)}`)
    }
    await files.fetch(summaryFile(runner.job), join(place, 'summary.json')).catch(() => undefined)
  }
  // What did not come back stays where it is: a person may still get it.
  if (faults.length === 0) {
    await files.remove(runners.flatMap(({ job }) => [samplesFile(job), summaryFile(job)]))
  } else say(`the recordings are still on ${cluster.samplesVolume}, mounted at ${SAMPLES_FOLDER}`)
  return { recorded, faults }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
