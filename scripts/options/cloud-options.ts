import { type Command, Option } from 'commander'
import { wrongUsage } from '../core/usage-errors.ts'
import { duration, wholeNumber, type RunOptions } from './run-options.ts'

/** What the user may say about a run in Grafana Cloud k6. */
export interface CloudOptions {
  cloud: boolean
  localExecution: boolean
  cloudProject?: number
  cloudName?: string
  cloudStack?: number
  cloudDeadline?: string
}

/** Adds the options of a run in the cloud to a scenario's command. */
export function addCloudOptions(command: Command): Command {
  const add = (option: Option): Command =>
    command.addOption(option.helpGroup('In Grafana Cloud k6:'))
  add(
    new Option('--cloud', 'its load zones make the load (K6_CLOUD_TOKEN is needed)').default(false),
  )
  add(
    new Option(
      '--local-execution',
      'with --cloud: k6 runs here and is judged here, and its metrics go to the cloud too',
    ).default(false),
  )
  add(wholeNumber('--cloud-project <id>', 'project of the run, else K6_CLOUD_PROJECT_ID', ID_MAX))
  add(new Option('--cloud-name <name>', 'name of the test there, e.g. "checkout spike"'))
  add(wholeNumber('--cloud-stack <id>', 'stack of the run, else K6_CLOUD_STACK_ID', ID_MAX))
  add(
    new Option(
      '--cloud-deadline <time>',
      'when a run that does not end is aborted, e.g. 1h (15 minutes after the plan)',
    ).argParser((text) => duration(text, '--cloud-deadline')),
  )
  return command
}

const ID_MAX = 2 ** 31 - 1

/** Whether load zones are to make the load. */
export function isInCloud(options: RunOptions): options is RunOptions & CloudOptions {
  return asksForCloud(options)
}

/** Whether a run, of a scenario or of a script, goes to the load zones of Grafana Cloud k6. */
export function asksForCloud(options: object): boolean {
  const { cloud, localExecution } = cloudOptionsOf(options)
  return cloud && !localExecution
}

/** The options of the cloud; a command without them has none. */
export function cloudOptionsOf(options: object): CloudOptions {
  const { cloud = false, localExecution = false, ...others } = options as Partial<CloudOptions>
  if (localExecution && !cloud) throw wrongUsage('--local-execution needs --cloud')
  return { ...others, cloud, localExecution }
}

/** What only k6 on this machine can do, or what this machine's k6 is divided into. */
const LOCAL_ONLY = {
  out: '--out',
  webDashboard: '--web-dashboard',
  keepRaw: '--keep-raw',
  regionLatency: '--region-latency',
  prometheus: '--prometheus',
  instances: '--instances',
  segment: '--segment',
  startAt: '--start-at',
  maxMemory: '--max-memory',
  kubernetes: '--kubernetes',
} as const

/**
 * Refuses what makes no sense where load zones make the load.
 *
 * @throws ToolkitError naming the option
 */
export function refuseLocalOptions(options: object): void {
  const given = options as Record<string, unknown>
  const isGiven = (value: unknown): boolean =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false && value !== 1
  for (const [key, name] of Object.entries(LOCAL_ONLY)) {
    if (!isGiven(given[key])) continue
    throw wrongUsage(`${name} cannot be combined with --cloud: no k6 runs on this machine then`)
  }
}
