// A script of the user's own that came back from the cluster: its samples say when it began, and what it called.
import { join } from 'node:path'
import { absolutePhases, type Manifest } from '../../run-folder/manifest.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import type { InstanceCsv } from '../../samples/convert.ts'
import { abortedBy, completedScript } from '../../script/completed-script.ts'
import { writeObjectives } from '../../sla/objectives-file.ts'
import { readSummary } from '../../verdict/facts/read-summary.ts'
import type { KeptTable, Recordings } from '../../verdict/recorded-run.ts'
import type { StopReason } from '../../stop/stop-rule.ts'
import type { AppliedRun } from './apply-run.ts'
import { instanceFolder } from './runner-logs.ts'
import { type RunnerLog, startOf } from './runner-starts.ts'
import type { WrittenRun } from './written-run.ts'

/** What a run is judged by, once it is over. */
export interface CompletedRun {
  planned: Pick<PlannedRun, 'evaluated' | 'objectives'>
  recordings: Recordings
  kept?: Required<KeptTable>
  manifest: Manifest
  startMs: number | undefined
  stoppedBy?: StopReason
}

/** The samples that came back. */
export function csvOf(written: WrittenRun, { recorded }: AppliedRun): InstanceCsv[] {
  return recorded.map((runner) => ({
    instance: runner.instance,
    csv: join(instanceFolder(written, runner), 'samples.csv'),
  }))
}

/** The toolkit's own scripts have said all of it before. */
export async function completeApplied(
  written: WrittenRun,
  applied: AppliedRun,
  { manifest, logs }: { manifest: Manifest; logs: readonly RunnerLog[] },
): Promise<CompletedRun> {
  const { script, folder } = written
  const csv = csvOf(written, applied)
  if (!script) {
    return { planned: written.planned, recordings: { csv }, manifest, startMs: startOf(logs) }
  }
  const [first] = applied.recorded
  const summary =
    first &&
    (await readSummary(join(instanceFolder(written, first), 'summary.json')).catch(() => undefined))
  const { processMs } = applied
  const done = await completedScript({ folder, planned: script, csv, summary, processMs })
  const { planned, seen, kept } = done
  await writeObjectives(folder, planned.objectives)
  const { plan } = planned.evaluated
  const startMs = seen.startUs === undefined ? undefined : seen.startUs / 1_000
  const stoppedBy = stopOf(manifest, logs, planned.objectives)
  return {
    planned,
    recordings: kept ? { kept } : { csv },
    ...(kept && { kept }),
    startMs,
    ...(stoppedBy && { stoppedBy }),
    manifest: {
      ...manifest,
      plan,
      ...(stoppedBy && { stoppedBy }),
      ...(startMs !== undefined && { phases: absolutePhases(plan.phases, startMs) }),
      ...(manifest.script && { script: { ...manifest.script, reached: seen.reached } }),
    },
  }
}

// Of several runners, none has thresholds.
function stopOf(
  { instances: [only, ...others] }: Manifest,
  logs: readonly RunnerLog[],
  objectives: PlannedRun['objectives'],
): StopReason | undefined {
  if (others.length > 0) return undefined
  const errors = logs.flatMap((log) => log.errors)
  return abortedBy({ exitCode: only?.exitCode, errors }, objectives)
}
