import { type Command, Option } from 'commander'
import { parseDuration } from '../../lib/duration.ts'
import { maskArgument } from '../core/mask-secrets.ts'
import { addDivisionOptions, type DivisionOptions } from './division-options.ts'
import { wrongValue } from '../core/usage-errors.ts'
import { addServerMetricsOptions, type ServerMetricsOptions } from './server-metrics-options.ts'

/** What the user may change about a run. */
export interface RunOptions extends DivisionOptions, ServerMetricsOptions {
  workload: string
  profile?: string
  mix?: string
  model?: 'closed' | 'open'
  users?: number
  rate?: number
  fromRate?: number
  poolUsers?: number
  duration?: string
  timeScale?: number
  seed: number
  target: string[]
  sla?: string
  /** `default`, or `<region>=<time>` with commas between them. */
  regionLatency?: string
  out: string[]
  webDashboard: boolean
  /** A ramp whose capacity is open is run again, narrower. */
  secondPass?: boolean
  strict: boolean
  keepRaw: boolean
  /** URL, or true for the default one. */
  prometheus?: string | true
  prometheusTrendStats: boolean
  iOwnThisTarget: boolean
  proxy?: string
  insecure: boolean
  /** In seconds. */
  readyTimeout?: number
  /** Bytes. */
  maxMemory?: number
}

/** Far above what one machine can do; a number beyond it is a slip of the finger. */
const LOAD_MAX = 1_000_000

const LONGEST_SECONDS = 24 * 3_600

/** Adds the options of a run to a command. */
export function addRunOptions(command: Command, workload?: string): Command {
  const load = addLoadOptions(addDivisionOptions(command), workload)
  return addServerMetricsOptions(addNetworkOptions(addOtherOptions(load)))
}

function addLoadOptions(command: Command, workload = 'better-prompts'): Command {
  return command
    .option('--workload <name>', 'API under test, a folder of workloads/', workload)
    .option('--target <url>', 'base URL of the API, or <region>=<url>; repeatable', append, [])
    .option('--profile <name>', 'named load, for scenarios that have some (load)')
    .option('--mix <name>', 'named shares of operations, for workloads that have some')
    .addOption(
      wholeNumber('--users <n>', 'highest number of users; the shape keeps its proportions'),
    )
    .addOption(wholeNumber('--rate <n>', 'highest iterations per second, for open-model scenarios'))
    .addOption(
      wholeNumber(
        '--from-rate <n>',
        'with --rate: iterations per second at the start (breakpoint)',
      ),
    )
    .addOption(
      new Option(
        '--model <model>',
        'closed (so many users) or open (so many iterations per second)',
      ).choices(['closed', 'open']),
    )
    .addOption(wholeNumber('--pool-users <n>', 'users kept ready for an open model'))
    .option('--duration <time>', 'how long the full load is held, e.g. 90s or 5m', (text) =>
      duration(text),
    )
    .addOption(timeScaleOption())
}

function addOtherOptions(command: Command): Command {
  return command
    .addOption(wholeNumber('--seed <n>', 'another seed gives other data').default(1))
    .option('--sla <file>', 'SLA file instead of thresholds/<workload>.json')
    .option(
      '--region-latency <times>',
      'network of each region on this machine: us-east=20ms,eu-west=80ms or default',
    )
    .option('--out <output>', 'further k6 output, e.g. json=samples.json; repeatable', append, [])
    .option(
      '--prometheus [url]',
      'stream to a Prometheus while it runs, by remote write (http://127.0.0.1:9090)',
    )
    .option(
      '--prometheus-trend-stats',
      'with --prometheus: a series for each statistic, for a Prometheus without native histograms',
      false,
    )
    .option('--web-dashboard', "k6's own live dashboard on 127.0.0.1, kept as HTML", false)
    .option('--keep-raw', "keep k6's CSV beside samples.parquet", false)
    .addOption(maxMemoryOption())
    .option('--strict', 'a close PASS fails the run too (exit code 99)', false)
    .option(
      '--i-own-this-target',
      'allow more than a small load on a target that is not local',
      false,
    )
}

function addNetworkOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--proxy <url>', 'HTTP proxy on the way to the target').argParser(proxyUrl),
    )
    .option('--insecure', "do not check the target's certificate", false)
    .addOption(
      new Option(
        '--ready-timeout <time>',
        'how long the first answer of a target may take, e.g. 60s after a cold start (default: 3s)',
      ).argParser((text) => parseDuration(duration(text, '--ready-timeout'))),
    )
}

// Its name and password are no mistake, but nobody's business.
function proxyUrl(text: string): string {
  const isUrl = URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
  if (isUrl) return text
  throw wrongValue('--proxy', 'an http:// or https:// URL', maskArgument(text))
}

/** Adds the option of runs in steps; the help of other scenarios does not show it. */
export function addSecondPassOption(command: Command, isInSteps: boolean): Command {
  const option = new Option(
    '--no-second-pass',
    'on this machine: no second, narrower ramp where the first leaves the capacity open',
  )
  return command.addOption(option.hideHelp(!isInSteps))
}

/** An option whose value is a whole number from 1 on. */
export function wholeNumber(flags: string, description: string, most = LOAD_MAX): Option {
  const [name = flags] = flags.split(' ')
  return new Option(flags, description).argParser((text) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= 1 && value <= most) return value
    throw wrongValue(name, `a whole number from 1 to ${most}`, text)
  })
}

/** `--time-scale`, of every command that makes a load. */
export function timeScaleOption(): Option {
  const text = 'shrinks every duration, never the load, e.g. 0.1'
  return new Option('--time-scale <factor>', text).argParser(timeScale)
}

/** `--max-memory`, likewise. */
export function maxMemoryOption(): Option {
  return new Option(
    '--max-memory <size>',
    "end the run when k6 uses more than this, e.g. 4GB (default: 90 % of this machine's memory)",
  ).argParser(memorySize)
}

function timeScale(text: string): number {
  const value = Number(text)
  if (text !== '' && value >= 0.001 && value <= 100) return value
  throw wrongValue('--time-scale', 'a number from 0.001 to 100', text)
}

const SIZE_BYTES: Record<string, number> = { MB: 1e6, GB: 1e9, MiB: 2 ** 20, GiB: 2 ** 30 }

/** k6 alone takes about as much. */
const MEMORY_MIN_BYTES = 64e6

function memorySize(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?) ?([MG]i?B)$/.exec(text) ?? []
  const bytes = Number(digits) * (SIZE_BYTES[unit] ?? NaN)
  if (bytes >= MEMORY_MIN_BYTES) return bytes
  throw wrongValue('--max-memory', 'a size of at least 64MB, such as 800MB or 4GB', text)
}

/** Checks the value of an option that is a time. */
export function duration(text: string, name = '--duration'): string {
  try {
    const seconds = parseDuration(text)
    if (seconds >= 1 && seconds <= LONGEST_SECONDS) return text
  } catch {
    // Told below, with the option's name.
  }
  throw wrongValue(name, 'a time from 1s to 24h such as 90s, 1m30s or 5m', text)
}

function append(value: string, values: string[]): string[] {
  return [...values, value]
}
