// What run.json says of each k6, before and after it has run.
import type { Division, PlannedInstance } from '../../segments/instance-plan.ts'
import type { LoadShare } from '../../segments/instance-plan.ts'
import type { InstancesEnd } from '../instances/instances-end.ts'
import { readK6Log } from '../../k6/k6-log.ts'
import type { K6Outcome } from '../../k6/run-k6.ts'
import type { Manifest, ManifestInstance } from '../../run-folder/manifest.ts'
import type { OpenTarget } from '../../plan/open-target.ts'
import type { InstanceFiles } from '../../run-folder/run-folder.ts'
import { targetUrls } from '../../plan/target.ts'

/** One k6 of an ended run. */
export interface EndedInstance {
  /** Missing for the only one of a run. */
  name?: string
  files: InstanceFiles
  /** Distinct errors of its log, first ones first. */
  errors: string[]
  /** The last one that k6 itself has told. */
  lastOwnError: string | undefined
  /** Redirects that it gave up following. */
  redirectsGivenUp: number
  /** Iterations that threw. */
  exceptions: number
  /** The same of each k6 scenario. */
  threwIn: Record<string, number>
  /** Start of its load. */
  startMs: number | undefined
  /** How it ended. */
  outcome: K6Outcome
}

function at(ms: number): string {
  return new Date(ms).toISOString()
}

/** What is known of a k6 before it starts. */
export function plannedRow({ name, part }: PlannedInstance): ManifestInstance {
  return { ...(name !== undefined && { name }), ...(part && { segment: part.segment }) }
}

/** Which part of the load this machine makes, and by which clock. */
export async function segmentOf(
  division: Division | undefined,
  { target, share }: { target: OpenTarget; share: LoadShare | undefined },
): Promise<Pick<Manifest, 'segment'>> {
  if (!division?.machine || !share) return {}
  const { clockOffset } = await import('../instances/clock-offset.ts')
  const { part, of, startAtMs } = division.machine
  const [url] = targetUrls(target.targets)
  const clock = url === undefined ? undefined : await clockOffset(url)
  const { users, ratio } = share
  return { segment: { part, of, startAt: at(startAtMs), users, ratio, ...(clock && { clock }) } }
}

/** What a k6 has said in its log, and how it ended. */
export function endedInstance(
  { name, files }: PlannedInstance,
  end: InstancesEnd['ends'][number] | undefined,
): EndedInstance {
  const { startedAtMs, ...log } = readK6Log(files.log)
  const { errors, lastOwnError, redirectsGivenUp, exceptions, threwIn } = log
  const startMs = startedAtMs.length > 0 ? Math.min(...startedAtMs) : undefined
  return {
    ...(name !== undefined && { name }),
    files,
    errors,
    lastOwnError,
    redirectsGivenUp,
    exceptions,
    threwIn,
    startMs,
    outcome: end?.outcome ?? {},
  }
}

/** What became of it. */
export function endedRow(
  planned: ManifestInstance | undefined,
  { name, startMs }: EndedInstance,
  end: InstancesEnd['ends'][number] | undefined,
): ManifestInstance {
  if (!end) return { ...planned }
  const { outcome, startedAtMs, endedAtMs, stoppedBy = outcome.stoppedBy } = end
  const { exitCode, interruptedIterations } = outcome
  return {
    ...planned,
    ...(exitCode !== undefined && { exitCode }),
    ...(interruptedIterations !== undefined && { interruptedIterations }),
    ...(stoppedBy !== undefined && { stoppedBy }),
    startedAt: at(startedAtMs),
    endedAt: at(endedAtMs),
    // The phases say it of a single one.
    ...(name !== undefined && startMs !== undefined && { loadStartedAt: at(startMs) }),
  }
}
