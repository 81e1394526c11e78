// What `kubectl get -o json` says of a run, reduced to what decides anything.
import { RUN_LABEL } from './cluster-options.ts'
import type { Kubectl } from './kubectl.ts'

/** Stages of a TestRun (k6-operator v1.6.0, testrun_types.go); '' before the operator has seen it. */
export type Stage =
  '' | 'initialization' | 'initialized' | 'created' | 'started' | 'stopped' | 'finished' | 'error'

export interface ClusterState {
  /** By name of the TestRun. */
  stages: Map<string, Stage>
  /** By name of their Job: runners, and what the operator starts besides. */
  pods: Map<string, PodState>
  /** Names of Jobs that Kubernetes gave up. */
  failedJobs: Set<string>
}

export interface PodState {
  name: string
  phase: string
  /** Why it does not run, such as ImagePullBackOff, with what Kubernetes says of it. */
  waiting?: string
  /** How k6 ended. */
  ended?: { exitCode: number; reason: string; startedAt: string; finishedAt: string }
}

interface Item {
  kind: string
  metadata: { name: string; labels?: Record<string, string> }
  status?: {
    stage?: Stage
    phase?: string
    reason?: string
    message?: string
    conditions?: { type: string; status: string; reason?: string; message?: string }[]
    containerStatuses?: ContainerStatus[]
  }
}

interface ContainerStatus {
  state?: {
    waiting?: { reason?: string; message?: string }
    terminated?: { exitCode: number; reason?: string; startedAt: string; finishedAt: string }
  }
}

/** @returns undefined, with the reason, when the cluster did not answer */
export async function readCluster(
  kubectl: Kubectl,
  run: string,
): Promise<ClusterState | { reason: string }> {
  const kinds = 'testruns.k6.io,jobs,pods'
  const args = ['get', kinds, '--selector', `${RUN_LABEL}=${run}`, '--output', 'json']
  const { isDone, stdout, reason } = await kubectl.run(args)
  if (!isDone) return { reason }
  const { items = [] } = JSON.parse(stdout) as { items?: Item[] }
  const of = (kind: string): Item[] => items.filter((item) => item.kind === kind)
  return {
    stages: new Map(of('TestRun').map((each) => [each.metadata.name, each.status?.stage ?? ''])),
    pods: new Map(of('Pod').flatMap(podOfJob)),
    failedJobs: new Set(
      of('Job')
        .filter(hasFailed)
        .map(({ metadata }) => metadata.name),
    ),
  }
}

function podOfJob(pod: Item): [string, PodState][] {
  const job = pod.metadata.labels?.['job-name']
  return job === undefined ? [] : [[job, podState(pod)]]
}

function podState({ metadata, status = {} }: Item): PodState {
  const [container] = status.containerStatuses ?? []
  const { waiting, terminated } = container?.state ?? {}
  const reason = waitingReason(status, waiting)
  return {
    name: metadata.name,
    phase: status.phase ?? 'Pending',
    ...(reason !== undefined && { waiting: reason }),
    ...(terminated && {
      ended: { ...terminated, reason: terminated.reason ?? '' },
    }),
  }
}

type Waiting = { reason?: string; message?: string } | undefined

function waitingReason(status: NonNullable<Item['status']>, waiting: Waiting): string | undefined {
  const unscheduled = status.conditions?.find(
    ({ type, status: value }) => type === 'PodScheduled' && value === 'False',
  )
  const said = waiting ?? unscheduled ?? (status.phase === 'Failed' ? status : undefined)
  const parts = [said?.reason, said?.message].filter((part) => part !== undefined && part !== '')
  return parts.length === 0 ? undefined : parts.join(': ')
}

function hasFailed({ status }: Item): boolean {
  return (
    status?.conditions?.some((each) => each.type === 'Failed' && each.status === 'True') ?? false
  )
}
