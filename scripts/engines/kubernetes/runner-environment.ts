import { recording } from '../../samples/csv-source.ts'
import { type ClusterOptions, SAMPLES_FOLDER } from './cluster-options.ts'
import { memoryBytes } from './quantity.ts'
import { K6_CONFIG_PATH } from './test-run.ts'

/** An entry of a container's `env`. */
export interface EnvironmentVariable {
  name: string
  value?: string
  valueFrom?: { fieldRef: { fieldPath: string } }
}

/** Tells a runner from the others; every instance of k6 has one. */
export const INSTANCE_VARIABLE = 'K6V_INSTANCE'

/** Goes before everything that refers to it: Kubernetes puts `$(NAME)` together from top to bottom. */
const INSTANCE: EnvironmentVariable = {
  name: INSTANCE_VARIABLE,
  // The operator gives all runners the same environment; their Jobs' names differ.
  valueFrom: { fieldRef: { fieldPath: "metadata.labels['job-name']" } },
}

/** As on one machine: the rest is for the samples' buffers and the system. */
const MEMORY_SHARE = 0.8

const BYTES_PER_MIB = 1_048_576

export interface EnvironmentInput {
  cluster: ClusterOptions
  /** `BASE_URL`, where the target is known. */
  baseUrl: string | undefined
  /** Environment of further outputs, such as Prometheus; never a secret. */
  outputs: Record<string, string>
  /** Trends are streamed as native histograms. */
  hasHistograms: boolean
}

/** The environment of a runner; what is secret comes from the Secret, by reference. */
export function runnerEnvironment(input: EnvironmentInput): EnvironmentVariable[] {
  const { cluster, baseUrl, outputs, hasHistograms } = input
  const limit = Math.floor((memoryBytes(cluster.memory) * MEMORY_SHARE) / BYTES_PER_MIB)
  const values: Record<string, string> = {
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_NO_USAGE_REPORT: 'true',
    TZ: 'UTC',
    GOGC: '400',
    GOMEMLIMIT: `${limit}MiB`,
    ...configuration(cluster, hasHistograms),
    ...(baseUrl !== undefined && { BASE_URL: baseUrl }),
    ...outputs,
    ...(cluster.samplesVolume !== undefined &&
      recording(samplesFile(`$(${INSTANCE_VARIABLE})`)).env),
  }
  return [INSTANCE, ...Object.entries(values).map(([name, value]) => ({ name, value }))]
}

// A feature would add its tag to every sample, so k6's configuration says it; beside a script on a volume
// there is none.
function configuration({ scriptVolume }: ClusterOptions, hasHistograms: boolean) {
  if (scriptVolume === undefined) return { K6_CONFIG: K6_CONFIG_PATH }
  return hasHistograms ? { K6_FEATURES: 'native-histograms' } : {}
}

/** Where a runner writes its samples; its name is that of its Job. */
export function samplesFile(runner: string): string {
  return `${SAMPLES_FOLDER}/${runner}.csv`
}

/** Where a runner writes k6's summary. */
export function summaryFile(runner: string): string {
  return `${SAMPLES_FOLDER}/${runner}.summary.json`
}
