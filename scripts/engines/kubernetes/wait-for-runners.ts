import { WHOLE_LOAD_EXITS } from '../../k6/exit-codes.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { progress } from '../../core/console.ts'
import { type ClusterState, type PodState, readCluster } from './cluster-state.ts'
import { startTooLate, testRunGone } from './errors.ts'
import type { Kubectl } from './kubectl.ts'

/** One k6 of the run. */
export interface Runner {
  /** As the reports name it: `eu-west-3`. */
  instance: string
  /** Of its TestRun and of its Job. */
  testRun: string
  job: string
}

export interface WaitInput {
  kubectl: Kubectl
  run: string
  runners: readonly Runner[]
  /** How long all of them may take to begin. */
  startSeconds: number
  /** How long the load may take from then on. */
  loadSeconds: number
  stop: AbortSignal
  /** A runner has a pod that has begun to run; called once for each. */
  onRunning: (runner: Runner, pod: PodState) => void
}

/** How the runners ended. */
export interface RunnersEnd {
  /** Of those that ended. */
  pods: Map<string, PodState>
  /** Why not all of them ran to their end; each makes the run INVALID. */
  faults: string[]
  stoppedByUser: boolean
}

const POLL_MS = 1_000

/** Kubernetes tries again, but only a person can fix these. */
const HOPELESS = /^(CreateContainerConfigError|InvalidImageName|ErrImageNeverPull)/

/** So many failures in a row, and the cluster is no longer there. */
const FAILURES_MAX = 15

/**
 * Follows the TestRuns from stage to stage until every runner has ended. The stage says "finished" however
 * k6 ended, so it is the pods that are asked.
 *
 * @throws ToolkitError when a TestRun ends in the stage error, vanishes, or does not start in time
 */
export async function waitForRunners(input: WaitInput): Promise<RunnersEnd> {
  const { kubectl, run, runners, stop } = input
  const beganAtMs = Date.now()
  const seen = new Set<string>()
  let startedAtMs: number | undefined
  let failures = 0
  for (;;) {
    if (stop.aborted) return { pods: new Map(), faults: [], stoppedByUser: true }
    const state = await readCluster(kubectl, run)
    if ('reason' in state) {
      failures += 1
      if (failures >= FAILURES_MAX) return lost(`the cluster did not answer: ${state.reason}`)
    } else {
      failures = 0
      announce(state, input, seen)
      const end = endOf(state, input)
      if (end) return end
      if (isStarted(state)) startedAtMs ??= Date.now()
      progress(progressLine(state, { runners, startedAtMs, beganAtMs }))
    }
    const overdue = overdueOf(input, { beganAtMs, startedAtMs })
    if (overdue === 'start') throw startTooLate(input.startSeconds, waitingOf(state))
    if (overdue === 'load') return lost(`not all runners had ended ${LATE}`)
    await sleep(POLL_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}

const LATE = 'five minutes after the planned end'

function lost(fault: string): RunnersEnd {
  return { pods: new Map(), faults: [fault], stoppedByUser: false }
}

/** @throws ToolkitError for a TestRun that cannot go on */
function endOf(state: ClusterState, { runners }: WaitInput): RunnersEnd | undefined {
  const { stages, pods, failedJobs } = state
  for (const testRun of new Set(runners.map((each) => each.testRun))) {
    const stage = stages.get(testRun)
    if (stage === undefined) throw testRunGone(testRun)
    if (stage === 'error') throw new StageError(testRun)
  }
  const hopeless = [...pods.values()].find(({ waiting }) => HOPELESS.test(waiting ?? ''))
  if (hopeless) return lost(`${hopeless.name}: ${hopeless.waiting ?? ''}`)
  const ended = new Map<string, PodState>()
  const faults: string[] = []
  for (const { instance, job, testRun } of runners) {
    const pod = pods.get(job)
    if (pod?.ended) {
      ended.set(job, pod)
      const { exitCode, reason } = pod.ended
      if (!WHOLE_LOAD_EXITS.includes(exitCode)) {
        faults.push(
          `runner ${instance} ended with exit code ${exitCode} (${reason || 'no reason'})`,
        )
      }
    } else if (failedJobs.has(job) || stages.get(testRun) === 'finished') {
      faults.push(`runner ${instance} was lost: ${pod?.waiting ?? 'its pod is gone'}`)
    }
  }
  // One that broke has spoilt the run: the others would load the target for nothing.
  const isOver = ended.size === runners.length || faults.length > 0
  return isOver ? { pods: ended, faults, stoppedByUser: false } : undefined
}

/** The operator's initializer found the script or the arguments wanting; its log says why. */
export class StageError extends Error {
  readonly testRun: string

  constructor(testRun: string) {
    super(`${testRun} is in the stage error`)
    this.testRun = testRun
  }
}

function announce(state: ClusterState, { runners, onRunning }: WaitInput, seen: Set<string>): void {
  for (const runner of runners) {
    const pod = state.pods.get(runner.job)
    if (!pod || seen.has(runner.job) || (pod.phase !== 'Running' && !pod.ended)) continue
    seen.add(runner.job)
    onRunning(runner, pod)
  }
}

function isStarted({ stages }: ClusterState): boolean {
  return [...stages.values()].every((stage) => ['started', 'stopped', 'finished'].includes(stage))
}

function overdueOf(
  { startSeconds, loadSeconds }: WaitInput,
  { beganAtMs, startedAtMs }: { beganAtMs: number; startedAtMs: number | undefined },
): 'start' | 'load' | undefined {
  const now = Date.now()
  if (startedAtMs === undefined) {
    return now - beganAtMs > startSeconds * 1_000 ? 'start' : undefined
  }
  return now - startedAtMs > loadSeconds * 1_000 ? 'load' : undefined
}

function waitingOf(state: ClusterState | { reason: string }): string[] {
  if ('reason' in state) return [state.reason]
  const stages = [...state.stages].map(
    ([name, stage]) => `${name}: ${stage || 'not seen by the operator'}`,
  )
  const pods = [...state.pods.values()].flatMap(({ name, waiting }) =>
    waiting === undefined ? [] : [`${name}: ${waiting}`],
  )
  return [...stages, ...pods]
}

function progressLine(
  { stages, pods }: ClusterState,
  {
    runners,
    startedAtMs,
    beganAtMs,
  }: {
    runners: readonly Runner[]
    startedAtMs: number | undefined
    beganAtMs: number
  },
): string {
  const seconds = Math.round((Date.now() - (startedAtMs ?? beganAtMs)) / 1_000)
  const all = [...new Set(stages.values())].map((stage) => stage || 'waiting for the operator')
  const running = runners.filter(({ job }) => pods.get(job)?.phase === 'Running').length
  const held = [...pods.values()].find(({ waiting }) => waiting !== undefined)
  const why = held ? `, ${held.name}: ${held.waiting ?? ''}` : ''
  return `  ${seconds} s  ${all.join(', ')}  ${running} of ${runners.length} runners${why}`
}
