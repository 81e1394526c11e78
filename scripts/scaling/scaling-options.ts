import { type Command, Option } from 'commander'
import { wrongUsage, wrongValue } from '../core/usage-errors.ts'
import { addRunOptions, duration, type RunOptions, wholeNumber } from '../options/run-options.ts'

/** What the user may say about a run of more and more replicas. */
export interface ScalingOptions extends RunOptions {
  /** Distinct, the fewest first. */
  replicas: number[]
  scaleCommand?: string
  scaleReady?: string
  scaleBack?: number
  scaleTimeout: string
  /** 0.85 is 85 %. */
  efficiency?: number
}

const REPLICAS_MAX = 64
const STEPS_MAX = 12

const PLACE = '{replicas}'

const HELP = `
Examples:
  npm run k6 -- scaling --workload cost-agent --mix recommendations --efficiency 85%
  npm run k6 -- scaling --replicas 1,2,4 --target https://staging.example.com --i-own-this-target \\
    --scale-command 'kubectl scale deploy/api --replicas {replicas}' \\
    --scale-ready 'kubectl rollout status deploy/api' --scale-back 2

Without --target the sandbox is used, with that many worker processes behind one port. Exit codes: 0 PASS (or
no --efficiency), 99 FAIL, 90 NO_DATA, 91 INVALID, 105 stopped by you.`

/** Options of a run that say nothing of several: not in the help, and refused where one is given. */
const UNFITTING: Record<string, (options: ScalingOptions) => boolean> = {
  '--instances': ({ instances = 1 }) => instances > 1,
  '--segment': ({ segment }) => segment !== undefined,
  '--start-at': ({ startAt }) => startAt !== undefined,
  '--model': ({ model }) => model !== undefined,
  '--rate': ({ rate }) => rate !== undefined,
  '--from-rate': ({ fromRate }) => fromRate !== undefined,
  '--pool-users': ({ poolUsers }) => poolUsers !== undefined,
  '--profile': ({ profile }) => profile !== undefined,
  '--web-dashboard': ({ webDashboard }) => webDashboard,
  '--prometheus': ({ prometheus }) => prometheus !== undefined,
  '--prometheus-trend-stats': ({ prometheusTrendStats }) => prometheusTrendStats,
}

/** Adds the options of `scaling`. */
export function addScalingOptions(command: Command): Command {
  const own = command
    .addOption(
      new Option('--replicas <numbers>', 'numbers of replicas, one run each')
        .argParser(parseReplicas)
        .default([1, 2, 4, 8], '1,2,4,8'),
    )
    .option('--scale-command <command>', `sets the number of replicas, ${PLACE} in the command`)
    .option('--scale-ready <command>', 'repeated until it ends with 0; {replicas} as above')
    .addOption(
      wholeNumber(
        '--scale-back <n>',
        'with --scale-command: number of replicas to leave at the end',
        REPLICAS_MAX,
      ),
    )
    .option(
      '--scale-timeout <time>',
      'how long replicas may take to be ready',
      (text: string) => duration(text, '--scale-timeout'),
      '2m',
    )
    .addOption(
      new Option(
        '--efficiency <share>',
        'fail if throughput per replica is below this share of that with the fewest replicas',
      ).argParser(parseEfficiency),
    )
  const all = addRunOptions(own).addHelpText('after', HELP)
  for (const option of all.options) if ((option.long ?? '') in UNFITTING) option.hideHelp()
  return all
}

/**
 * Makes sure that the options say one thing.
 *
 * @throws ToolkitError `K6V_WRONG_USAGE` with all that is wrong
 */
export function checkScalingUsage(options: ScalingOptions): void {
  const { scaleCommand, scaleReady, scaleBack, target } = options
  const problems = [
    ...(scaleCommand === undefined && target.length > 0
      ? ['--target needs --scale-command, which sets its number of replicas']
      : []),
    ...(scaleCommand !== undefined && target.length === 0
      ? ['--scale-command needs --target, what it scales']
      : []),
    ...(scaleCommand !== undefined && !scaleCommand.includes(PLACE)
      ? [`Expected ${PLACE} in --scale-command, where the number is to stand`]
      : []),
    ...(scaleCommand !== undefined && scaleBack === undefined
      ? ['--scale-command needs --scale-back <n>, the number of replicas to leave behind']
      : []),
    ...(scaleCommand === undefined && (scaleReady !== undefined || scaleBack !== undefined)
      ? ['--scale-ready and --scale-back need --scale-command']
      : []),
    ...unfitting(options),
  ]
  if (problems.length > 0) throw wrongUsage(problems.join('; '))
}

function unfitting(options: ScalingOptions): string[] {
  const names = Object.entries(UNFITTING).flatMap(([name, isGiven]) => {
    return isGiven(options) ? [name] : []
  })
  return names.length === 0 ? [] : [`${names.join(', ')}: not with scaling`]
}

/** A command with the number in its place. */
export function scaleCommandFor(command: string, replicas: number): string {
  return command.replaceAll(PLACE, String(replicas))
}

function parseReplicas(text: string): number[] {
  const numbers = text.split(',').map((each) => (/^\d+$/.test(each.trim()) ? Number(each) : NaN))
  const isSound = numbers.every((each) => each >= 1 && each <= REPLICAS_MAX)
  const distinct = [...new Set(numbers)].sort((a, b) => a - b)
  if (isSound && distinct.length >= 2 && distinct.length <= STEPS_MAX) return distinct
  const rule = `2 to ${STEPS_MAX} different whole numbers from 1 to ${REPLICAS_MAX} such as 1,2,4,8`
  throw wrongValue('--replicas', rule, text)
}

function parseEfficiency(text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? []
  const value = Number(digits) / 100
  if (value > 0 && value <= 1) return value
  throw wrongValue('--efficiency', 'a share above 0% up to 100% such as 85%', text)
}
