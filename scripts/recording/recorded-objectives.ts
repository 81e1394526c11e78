import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { OBJECTIVES_FILE, readObjectives } from '../distributed/objectives-file.ts'
import { segmentObjectives } from '../distributed/segment-objectives.ts'
import { objectivesOf, slaOf } from '../run/plan-run.ts'
import { namedWorkload, type WorkloadFolder } from '../run/scenario-files.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { RecordedFolder } from './recorded-folder.ts'

export interface SlaChoice {
  /** Another SLA file than the one that the run was made with. */
  sla?: string | undefined
  /** Where its name does not say where it is. */
  workload?: WorkloadFolder | undefined
}

/** What a recorded run is judged by: another SLA file, or its own as it was then. */
export async function recordedObjectives(
  recorded: RecordedFolder,
  choice: SlaChoice,
): Promise<CompiledObjective[]> {
  const { folder, manifest } = recorded
  const hasOwn = !choice.sla && existsSync(join(folder.path, OBJECTIVES_FILE))
  const objectives = hasOwn ? await readObjectives(folder.path) : await compiled(recorded, choice)
  return manifest.segment ? segmentObjectives(objectives, manifest.segment) : objectives
}

// run.json says which names there are, and the plan; the workload, those of its other scenarios.
async function compiled(
  { manifest }: RecordedFolder,
  { sla, workload: named }: SlaChoice,
): Promise<CompiledObjective[]> {
  const workload = named ?? namedWorkload(manifest.workload)
  const { settings, plan, metrics = {} } = manifest
  const slaPath = sla ?? slaOf(manifest.workload)
  return objectivesOf({ evaluated: { plan, metrics }, workload, settings, slaPath })
}
