import { type Command, Option } from 'commander'
import { parseDuration } from '../../lib/duration.ts'
import { wrongUsage, wrongValue } from '../core/usage-errors.ts'
import type { RunOptions } from './run-options.ts'
import { PINNED_VERSION } from '../k6/k6-version.ts'

/** What the user may say about a run on Kubernetes. */
export interface KubernetesOptions {
  kubernetes: boolean
  apply: boolean
  namespace: string
  image: string
  nodeSelector: string[]
  cpu: string
  memory: string
  secret?: string
  samplesVolume?: string
  scriptVolume?: string
  separate: boolean
  cleanup: boolean
  /** Seconds. */
  startDeadline: number
  queryPrometheus?: string
}

/** The same with all that any run may be told. */
export type KubernetesRunOptions = RunOptions &
  KubernetesOptions & {
    cloud?: unknown
    localExecution?: unknown
  }

/** The same k6 as on one machine. */
const IMAGE = `grafana/k6:${PINNED_VERSION.replace('v', '')}`

function seconds(text: string): number {
  try {
    const value = parseDuration(text)
    if (value > 0) return value
  } catch {
    // Told below, with the option's name.
  }
  throw wrongValue('--start-deadline', 'a time such as 90s or 20m', text)
}

/** Adds the options of a run on Kubernetes to a scenario's command. */
export function addKubernetesOptions(command: Command): Command {
  const append = (value: string, values: string[]): string[] => [...values, value]
  const add = (option: Option): Command => command.addOption(option.helpGroup('On Kubernetes:'))
  add(
    new Option('--kubernetes', 'write manifests for k6-operator into the run folder').default(
      false,
    ),
  )
  add(
    new Option('--apply', 'create them with kubectl, wait, collect, judge and clean up').default(
      false,
    ),
  )
  add(new Option('--namespace <name>', 'where the runners are, e.g. load').default('default'))
  add(new Option('--image <image>', 'of the runners').default(IMAGE))
  add(
    new Option(
      '--node-selector <label>',
      '[<region>:]<label>=<value> of their nodes; repeatable (regions: topology.kubernetes.io/region)',
    )
      .argParser(append)
      .default([], 'none'),
  )
  add(new Option('--cpu <quantity>', 'of each runner, e.g. 500m').default('1'))
  add(new Option('--memory <quantity>', 'of each runner, e.g. 2Gi').default('1Gi'))
  add(new Option('--secret <name>', 'Secret whose keys become their environment'))
  add(new Option('--samples-volume <claim>', 'PersistentVolumeClaim for the samples'))
  add(new Option('--script-volume <claim>', 'PersistentVolumeClaim with the script, above 1 MiB'))
  add(new Option('--separate', 'each runner on a node of its own').default(false))
  add(new Option('--cleanup', 'without --apply: the operator deletes what is over').default(false))
  add(
    new Option('--start-deadline <time>', 'how long runners may take to start, e.g. 20m')
      .argParser(seconds)
      .default(600, '10m'),
  )
  add(
    new Option(
      '--query-prometheus <url>',
      'where the verdict is read, if that is another address than --prometheus has for the runners',
    ),
  )
  return command
}

/** @throws ToolkitError for `--apply` without `--kubernetes` */
export function isOnKubernetes(options: RunOptions): options is KubernetesRunOptions {
  return asksForKubernetes(options as Partial<KubernetesOptions>)
}

/** Whether a run, of a scenario or of a script, goes to a cluster. @throws ToolkitError for `--apply` without `--kubernetes` */
export function asksForKubernetes({ kubernetes, apply }: Partial<KubernetesOptions>): boolean {
  if (apply && !kubernetes)
    throw wrongUsage('Expected --kubernetes with --apply, got --apply alone')
  return kubernetes === true
}
