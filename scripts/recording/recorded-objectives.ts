import { readObjectives } from '../distributed/objectives-file.ts'
import { segmentObjectives } from '../distributed/segment-objectives.ts'
import { objectivesOf, slaOf } from '../run/plan-run.ts'
import { findWorkload, type WorkloadFolder } from '../run/scenario-files.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { evaluateFile } from './evaluate-file.ts'
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
  const own = choice.sla ? undefined : await readObjectives(folder.path).catch(() => undefined)
  const objectives = own ?? (await compiled(recorded, choice))
  return manifest.segment ? segmentObjectives(objectives, manifest.segment) : objectives
}

// The script that ran says which names there are, and the plan; the workload, those of its other scenarios.
async function compiled(
  { folder, manifest }: RecordedFolder,
  { sla, workload: named }: SlaChoice,
): Promise<CompiledObjective[]> {
  const workload = named ?? findWorkload(manifest.workload)
  const { settings, plan } = manifest
  const script = await evaluateFile(folder.script, { scenario: settings.scenario, workload })
  const slaPath = sla ?? slaOf(manifest.workload)
  return objectivesOf({ evaluated: { ...script, plan }, workload, settings, slaPath })
}
