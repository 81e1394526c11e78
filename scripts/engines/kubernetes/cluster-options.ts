/** How a run is to lie in the cluster. */
export interface ClusterOptions {
  namespace: string
  /** k6's image, with its tag. */
  image: string
  /** Runners, of each region where there are regions. */
  instances: number
  /** As typed: `[<region>:]<label>=<value>`. */
  nodeSelectors: readonly string[]
  /** Requested and allowed for each runner, as Kubernetes quantities. */
  cpu: string
  memory: string
  /** Secret whose keys become the runners' environment. */
  secret?: string
  /** PersistentVolumeClaim that the samples are written to. */
  samplesVolume?: string
  /** PersistentVolumeClaim that holds the script, in place of a ConfigMap. */
  scriptVolume?: string
  /** No two runners on one node. */
  separate: boolean
  /** The operator deletes the TestRun when it is over. */
  cleanup: boolean
}

/** Where k6 mounts the samples' volume. */
export const SAMPLES_FOLDER = '/samples'

/** On everything that belongs to a run: `kubectl get all -l k6-verdict/run=<run>`. */
export const RUN_LABEL = 'k6-verdict/run'
