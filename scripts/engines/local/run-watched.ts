import type { InstancesEnd } from '../instances/instances-end.ts'
import type { PlannedInstance } from '../../segments/instance-plan.ts'
import { type EarlyStop, runK6 } from '../../k6/run-k6.ts'
import type { RunPublisher } from '../../prometheus/stream.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import { endProgress } from '../../core/console.ts'
import type { ExecuteInput } from './executed-run.ts'
import { shownDashboard } from './dashboard-proxy.ts'
import { type MemoryEnd, memoryLimits, watchMemory } from '../../generator/memory-watch.ts'
import { argumentsOf, environmentOf } from './spawning.ts'
import { type WatchedRun, watchRun } from './watch-run.ts'

/** What k6 may need beyond the plan: setup, teardown, the last iterations, its summary. */
const SLACK_MS = 5 * 60_000

export interface WatchedRunning {
  instances: readonly PlannedInstance[]
  publisher: RunPublisher | undefined
}

export interface Ran {
  end: InstancesEnd
  watched: WatchedRun
  /** Set where k6 had to end because of its memory. */
  memoryEnd?: MemoryEnd
}

/** Runs every k6 of a run, watched, to its end. */
export async function runWatched(
  input: ExecuteInput,
  { instances, publisher }: WatchedRunning,
): Promise<Ran> {
  const { planned, target, division } = input
  const early = new AbortController()
  const stopFor = (why: EarlyStop): void => early.abort(why)
  const pids: (number | undefined)[] = []
  let waiting: string | undefined
  const { plan } = planned.evaluated
  const watch = watchRun({
    // One machine of several sees a part of the load, and could not end that of the others.
    plan: division?.machine ? { ...plan, judges: 'all' } : plan,
    objectives: division?.machine ? [] : planned.objectives,
    processes: instances.map(({ files, port }, index) => {
      return { ...files, port, k6Pid: () => pids[index] }
    }),
    ownPids: () => target.pids,
    onStop: () => stopFor('objective'),
    waiting: () => waiting,
    listener: publisher?.outcomes,
  })
  publisher?.begin(watch)
  const memory = watchMemory({
    limits: memoryLimits(input.maxMemoryBytes),
    pids: () => pids,
    onTooMuch: () => stopFor('memory'),
  })
  const started = {
    early: early.signal,
    onStart: (index: number, pid: number) => (pids[index] = pid),
    onWait: (what: string | undefined) => (waiting = what),
  }
  try {
    const [only] = instances
    const isSingle = only && instances.length === 1 && !only.part
    const end = isSingle
      ? await runOne(input, only, started)
      : await runParts(input, instances, started)
    const watched = await watch.stop()
    await publisher?.end()
    const memoryEnd = memory.stop()
    return { end, watched, ...(memoryEnd && { memoryEnd }) }
  } catch (error) {
    await watch.stop()
    await publisher?.end()
    throw error
  } finally {
    memory.stop()
    endProgress()
  }
}

// A script of anybody's says itself how long its last iterations may take.
function longestMs({ durationSeconds, gracefulStopSeconds, script }: RunPlan): number {
  return (durationSeconds + (script ? gracefulStopSeconds : 0)) * 1_000 + SLACK_MS
}

interface Started {
  /** An objective has ended the run. */
  early: AbortSignal
  onStart: (index: number, pid: number) => void
  onWait: (what: string | undefined) => void
}

async function runOne(
  input: ExecuteInput,
  instance: PlannedInstance,
  { early, onStart }: Started,
): Promise<InstancesEnd> {
  const { k6, planned, stop, kill } = input
  const startedAtMs = Date.now()
  const dashboard = shownDashboard()
  const outcome = await runK6({
    k6: k6.path,
    args: argumentsOf(input, instance),
    env: environmentOf(input, instance),
    cwd: input.script?.folder,
    log: instance.files.log,
    port: instance.port,
    deadlineMs: longestMs(planned.evaluated.plan),
    stop,
    stopEarly: early,
    kill,
    onStart: (pid) => onStart(0, pid),
    onLog: input.onLog,
    onLine: (line) => {
      dashboard.onLine(line)
      input.onOutput?.(line)
      input.cloud?.onLine(line)
    },
  }).finally(dashboard.close)
  return { outcome, ends: [{ outcome, startedAtMs, endedAtMs: Date.now() }], faults: [] }
}

// Its code is loaded only where a load is divided.
async function runParts(
  input: ExecuteInput,
  instances: readonly PlannedInstance[],
  { early, onStart, onWait }: Started,
): Promise<InstancesEnd> {
  const { k6, planned, stop, kill, division } = input
  const { runInstances, readyMsOf } = await import('../instances/run-instances.ts')
  return runInstances({
    k6: k6.path,
    processes: instances.map((instance, index) => {
      const { name = '', port, files } = instance
      const args = argumentsOf(input, instance)
      const env = environmentOf(input, instance)
      const cwd = input.script?.folder
      return {
        name,
        args,
        env,
        port,
        ...(cwd !== undefined && { cwd }),
        ...files,
        onStart: (pid: number) => onStart(index, pid),
      }
    }),
    startAtMs: division?.machine?.startAtMs,
    readyMs: readyMsOf(planned.evaluated.scenarios),
    loadMs: longestMs(planned.evaluated.plan),
    ...{ stop, kill, stopEarly: early, onWait },
  })
}
