import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { OBJECTIVES_FILE, readObjectives } from '../sla/objectives-file.ts'
import { segmentObjectives } from '../segments/segments.ts'
import { findInstalledK6 } from '../k6/find-k6.ts'
import { k6Context } from '../k6/k6-context.ts'
import { progress } from '../core/console.ts'
import { objectivesOf, slaOf } from '../plan/plan-run.ts'
import { type NamedScenario, scenariosOf } from '../plan/scenarios-together.ts'
import { namedWorkload, type WorkloadFolder } from '../plan/scenario-files.ts'
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
  const others = workload && (await namesOf(workload))
  const slaPath = sla ?? slaOf(manifest.workload)
  return objectivesOf({ evaluated: { plan, metrics }, others, settings, slaPath })
}

// To judge needs no k6: without one, only the run's own names are known.
async function namesOf(workload: WorkloadFolder): Promise<NamedScenario[] | undefined> {
  const { env } = process
  const found = await findInstalledK6(k6Context({ env, say: () => undefined, progress }))
  return 'path' in found
    ? scenariosOf(workload, { k6: found.path, env, elsewhere: true })
    : undefined
}
