import { type ClusterOptions, RUN_LABEL, SAMPLES_FOLDER } from './cluster-options.ts'
import type { NodeSelector } from './node-selectors.ts'
import type { EnvironmentVariable } from './runner-environment.ts'

/** One TestRun of k6-operator 1.6 (k6.io/v1alpha1), as far as it is used here. */
export interface TestRun {
  apiVersion: 'k6.io/v1alpha1'
  kind: 'TestRun'
  metadata: { name: string; namespace: string; labels: Record<string, string> }
  spec: Record<string, unknown>
}

export interface TestRunInput {
  name: string
  runName: string
  cluster: ClusterOptions
  nodeSelector: NodeSelector
  args: readonly string[]
  env: readonly EnvironmentVariable[]
  /** The script travels in an archive. */
  isArchive?: boolean
  /** A script of the user's own: its init code may ask for variables, wherever it is read. */
  own?: OwnScript | undefined
}

export interface OwnScript {
  /** k6's flags for each runner. */
  flags: readonly string[]
  /** A Secret of the run's own, with its name, has variables for the script. */
  hasVariables: boolean
}

export const SCRIPT_FILE = 'script.js'

/** k6's own archive of a script and the files that it opens. */
export const ARCHIVE_FILE = 'script.tar'

/** k6's configuration, in the same ConfigMap; the operator mounts that at /test. */
export const K6_CONFIG_FILE = 'k6.json'
export const K6_CONFIG_PATH = `/test/${K6_CONFIG_FILE}`

/** The user of the grafana/k6 image: a volume must belong to its group. */
const K6_USER = 12345

/** What only reads the script needs no more, whatever the run is. */
const INITIALIZER_MEMORY = '512Mi'

export function testRun(input: TestRunInput): TestRun {
  const { name, cluster } = input
  const { namespace, instances, separate, cleanup } = cluster
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name, namespace, labels: { [RUN_LABEL]: input.runName } },
    spec: {
      parallelism: instances,
      script: script(input),
      args: [...input.args],
      // Only k6's progress says how many iterations it has interrupted; it is in the log of the pod.
      quiet: 'false',
      ...(separate && { separate }),
      ...(cleanup && { cleanup: 'post' }),
      // Said apart from the runner: it needs neither its memory nor its secrets.
      initializer: {
        ...placed(input),
        ...(input.own && { env: [SYSTEM_VARIABLES], ...environmentFrom(input) }),
        resources: {
          requests: { cpu: '100m', memory: '128Mi' },
          limits: { memory: INITIALIZER_MEMORY },
        },
      },
      starter: { metadata: labelled(input) },
      runner: runner(input),
    },
  }
}

function script({ name, cluster, isArchive = false }: TestRunInput) {
  const { scriptVolume } = cluster
  const file = isArchive ? ARCHIVE_FILE : SCRIPT_FILE
  if (scriptVolume === undefined) return { configMap: { name, file } }
  return { volumeClaim: { name: scriptVolume, file: volumeFile(name, isArchive), readOnly: true } }
}

/** The name of a run's script on the volume of scripts. */
export function volumeFile(name: string, isArchive: boolean): string {
  return `${name}.${isArchive ? 'tar' : 'js'}`
}

function runner(input: TestRunInput) {
  const { cluster, env } = input
  const { cpu, memory, samplesVolume } = cluster
  return {
    ...placed(input),
    resources: { requests: { cpu, memory }, limits: { cpu, memory } },
    env: [...env],
    ...environmentFrom(input),
    ...(samplesVolume !== undefined && {
      ...samplesVolumeOf(samplesVolume),
      securityContext: { fsGroup: K6_USER },
    }),
  }
}

/** `k6 archive` shows a script the environment only when it is told so. */
const SYSTEM_VARIABLES = { name: 'K6_INCLUDE_SYSTEM_ENV_VARS', value: 'true' }

function environmentFrom({ name, cluster: { secret }, own }: TestRunInput) {
  const names = [...(secret === undefined ? [] : [secret]), ...(own?.hasVariables ? [name] : [])]
  return names.length === 0 ? {} : { envFrom: names.map((each) => ({ secretRef: { name: each } })) }
}

/** The samples' volume, as a Pod has it. */
function samplesVolumeOf(claimName: string) {
  return {
    volumes: [{ name: 'samples', persistentVolumeClaim: { claimName } }],
    volumeMounts: [{ name: 'samples', mountPath: SAMPLES_FOLDER }],
  }
}

function placed(input: TestRunInput) {
  const { cluster, nodeSelector } = input
  return {
    image: cluster.image,
    metadata: labelled(input),
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
  }
}

function labelled({ runName }: TestRunInput) {
  return { labels: { [RUN_LABEL]: runName } }
}
