// A load of so many iterations is over when the last one is; its plan has the longest time allowed.
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { pathLiteral } from '../samples/sample-database.ts'
import type { SampleFile } from './judge-run.ts'
import type { RecordedRun } from './recorded-run.ts'

/** The plan of a counted load as long as the load was, so that rates are those of the load; of any other as it is. */
export function endedPlan(plan: RunPlan, seconds: number): RunPlan {
  if (plan.iterationsPerUser === undefined || seconds <= 0) return plan
  if (seconds >= plan.durationSeconds) return plan
  const phases = plan.phases.map((phase) => ({
    ...phase,
    endSeconds: Math.min(phase.endSeconds, seconds),
  }))
  return { ...plan, durationSeconds: seconds, phases }
}

/** The same by the samples of a run. */
export async function planAsRun(run: RecordedRun, file: SampleFile): Promise<RunPlan> {
  const { plan, startMs, processMs, instances } = run
  const isCut = instances.some(({ interruptedIterations = 0 }) => interruptedIterations > 0)
  if (plan.iterationsPerUser === undefined || isCut) return plan
  const parquet = pathLiteral(join(file.folder, file.name))
  const [last] = await file.database.rows<{ endUs: number | null }>(
    `SELECT max(end_us) AS "endUs" FROM read_parquet(${parquet}) WHERE metric = 'iterations'`,
  )
  const endMs = (last?.endUs ?? 0) / 1_000
  // The end of a phase does not belong to it.
  return endedPlan(plan, (Math.ceil(endMs) + 1 - (startMs ?? processMs.start)) / 1_000)
}
