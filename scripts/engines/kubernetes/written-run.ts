import { relative } from 'node:path'
import type { KubernetesRunOptions } from '../../options/kubernetes-options.ts'
import { holdsSecret, maskArgument } from '../../core/mask-secrets.ts'
import { projectPath } from '../../core/project.ts'
import { say } from '../../core/console.ts'
import { listenForInterrupts } from '../../core/interrupts.ts'
import type { Manifest } from '../../run-folder/manifest.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import type { RunFolder } from '../../run-folder/run-folder.ts'
import type { PlannedScript } from '../../script/plan-script.ts'
import type { ClusterOptions } from './cluster-options.ts'
import { notWithKubernetes, secretInOutput } from './errors.ts'
import type { RegionManifests } from './manifests.ts'
import { checkCpu, memoryBytes } from './quantity.ts'
import type { RunSecret } from './run-secret.ts'

/** Options that matter once the manifests are written. */
export type AppliedOptions = Pick<
  KubernetesRunOptions,
  'apply' | 'startDeadline' | 'prometheus' | 'queryPrometheus' | 'sla' | 'strict' | 'keepRaw'
>

/** Everything that is written down of a run before anything is in the cluster. */
export interface WrittenRun {
  folder: RunFolder
  planned: PlannedRun
  /** The plan again, of a script of the user's own. */
  script?: PlannedScript
  cluster: ClusterOptions
  all: RegionManifests[]
  /** Of the manifests. */
  paths: string[]
  /** What of the run is secret: its values are in no file. */
  secret?: RunSecret
  options: AppliedOptions
  manifest: Manifest
}

/** Says what was written, and with `--apply` runs it; the exit code says the verdict. */
export async function finishRun(
  written: WrittenRun,
  { headline, notes }: { headline: string; notes: readonly string[] },
): Promise<number> {
  const { paths, options, secret } = written
  say(headline)
  for (const path of secret ? [...paths, secret.path] : paths) say(`  ${shown(path)}`)
  for (const note of notes) say(note)
  if (!options.apply) {
    say(`to run it: kubectl create -f ${shown(paths[0] ?? '').replace(/[^/]*$/, '')}`)
    return 0
  }
  const { stop, kill, close } = listenForInterrupts()
  try {
    const { applyRun } = await import('./apply-run.ts')
    return await applyRun(written, { stop, kill })
  } finally {
    close()
  }
}

/** `2 runners` */
export function runnersText({ cluster, all }: Pick<WrittenRun, 'cluster' | 'all'>): string {
  const count = cluster.instances * all.length
  return `${count} runner${count === 1 ? '' : 's'}`
}

/** What only a run on this machine, or in the cloud, can do. */
const ELSEWHERE = [
  'webDashboard',
  'segment',
  'startAt',
  'cloud',
  'localExecution',
  'regionLatency',
  'maxMemory',
] as const

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** @throws ToolkitError for what cannot be on Kubernetes, and for a secret that would stand in a manifest */
export function refuseElsewhere(
  options: { [Name in (typeof ELSEWHERE)[number]]?: unknown },
  outputs: readonly string[],
): void {
  const other = ELSEWHERE.find((name) => options[name])
  if (other !== undefined) throw notWithKubernetes(flagOf(other))
  const secret = outputs.find(holdsSecret)
  if (secret !== undefined) throw secretInOutput(maskArgument(secret))
}

type Placed = Pick<
  KubernetesRunOptions,
  | 'namespace'
  | 'image'
  | 'cpu'
  | 'memory'
  | 'nodeSelector'
  | 'secret'
  | 'samplesVolume'
  | 'scriptVolume'
  | 'separate'
  | 'cleanup'
  | 'apply'
> & { instances?: number }

/** @throws ToolkitError for quantities that are none */
export function clusterOptions(options: Placed): ClusterOptions {
  memoryBytes(options.memory)
  const { namespace, image, memory, secret, samplesVolume, scriptVolume, separate } = options
  return {
    namespace,
    image,
    memory,
    cpu: checkCpu(options.cpu),
    instances: options.instances ?? 1,
    nodeSelectors: options.nodeSelector,
    separate,
    // What is deleted at once can no longer be asked for its exit codes and logs.
    cleanup: options.cleanup && !options.apply,
    ...(secret !== undefined && { secret }),
    ...(samplesVolume !== undefined && { samplesVolume }),
    ...(scriptVolume !== undefined && { scriptVolume }),
  }
}

function shown(path: string): string {
  const near = relative(projectPath(), path)
  return near.startsWith('..') ? path : near
}
