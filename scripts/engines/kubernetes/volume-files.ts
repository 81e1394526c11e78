import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stringify } from 'yaml'
import { type ClusterOptions, RUN_LABEL, SAMPLES_FOLDER } from './cluster-options.ts'
import { clusterRefused } from './errors.ts'
import type { Kubectl } from './kubectl.ts'

/** Where the pod has the scripts' volume. */
const SCRIPTS_FOLDER = '/scripts'

const READY_SECONDS = 120

/** Runs of several hours, and as long again for copying. */
const LIFE_SECONDS = 86_400

/** A pod that does nothing but hold the run's volumes, so that files can be read and written. */
export interface VolumeFiles {
  /** Writes a script to the root of its volume. */
  writeScript(name: string, text: string | Buffer): Promise<void>
  /** Brings a file back, compressed on its way. @throws Error with the reason */
  fetch(remote: string, local: string): Promise<void>
  /** Deletes files of the samples' volume. */
  remove(paths: readonly string[]): Promise<void>
}

/** Starts the pod and waits for it. @throws ToolkitError when it does not become ready */
export async function openVolumes(
  kubectl: Kubectl,
  { run, cluster }: { run: string; cluster: ClusterOptions },
): Promise<VolumeFiles> {
  const name = podName(run)
  const created = await kubectl.run(['create', '--filename', '-'], {
    input: stringify(pod(run, cluster)),
  })
  if (!created.isDone) throw clusterRefused(created.reason)
  const wait = ['wait', '--for=condition=Ready', `pod/${name}`, `--timeout=${READY_SECONDS}s`]
  const ready = await kubectl.run(wait, { timeoutMs: (READY_SECONDS + 10) * 1_000 })
  if (!ready.isDone) throw clusterRefused(`the pod for the volume is not ready: ${ready.reason}`)
  const inPod = (command: readonly string[]): string[] => ['exec', name, '--', ...command]
  return {
    async writeScript(file, text) {
      const write = ['exec', '--stdin', name, '--', 'sh', '-c', `cat > ${SCRIPTS_FOLDER}/${file}`]
      const { isDone, reason } = await kubectl.run(write, { input: text, timeoutMs: 120_000 })
      if (!isDone) throw clusterRefused(`the script could not be written to its volume: ${reason}`)
    },
    async fetch(remote, local) {
      await mkdir(dirname(local), { recursive: true })
      await kubectl.unpack(inPod(['gzip', '-1', '-c', remote]), local)
    },
    async remove(paths) {
      await kubectl.run(inPod(['rm', '-f', ...paths]))
    },
  }
}

export function podName(run: string): string {
  return `${run}-files`
}

function pod(run: string, { namespace, image, samplesVolume, scriptVolume }: ClusterOptions) {
  const volumes = [
    ...(samplesVolume === undefined ? [] : [{ name: 'samples', claimName: samplesVolume }]),
    ...(scriptVolume === undefined ? [] : [{ name: 'scripts', claimName: scriptVolume }]),
  ]
  const paths: Record<string, string> = { samples: SAMPLES_FOLDER, scripts: SCRIPTS_FOLDER }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName(run), namespace, labels: { [RUN_LABEL]: run } },
    spec: {
      restartPolicy: 'Never',
      // As the runners have it: what they wrote must be readable here.
      securityContext: { fsGroup: 12345 },
      activeDeadlineSeconds: LIFE_SECONDS,
      containers: [
        {
          name: 'files',
          image,
          command: ['sleep', String(LIFE_SECONDS)],
          volumeMounts: volumes.map(({ name }) => ({ name, mountPath: paths[name] })),
          resources: { requests: { cpu: '50m', memory: '32Mi' } },
        },
      ],
      volumes: volumes.map(({ name, claimName }) => ({
        name,
        persistentVolumeClaim: { claimName },
      })),
    },
  }
}
