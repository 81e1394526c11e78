import { type Command, Option } from 'commander'
import { wrongUsage, wrongValue } from '../core/usage-errors.ts'
import { addRunOptions, type RunOptions } from '../options/run-options.ts'
import { type ComparisonMetric, DEFAULT_GATES, parseGates } from './comparison-metric.ts'
import { type PairsPlan, parsePairs } from './pairs-plan.ts'

/** What the user may say about a comparison; those of a run apply to `--pairs` only. */
export interface CompareOptions extends RunOptions {
  pairs?: PairsPlan
  baseline: string[]
  candidate: string[]
  gate: ComparisonMetric[]
  /** 0.02 is 2 %. */
  margin: number
  atMost?: number
  saveBaseline?: string
}

const DEFAULT_MARGIN = 0.02
const SHARE_MAX = 1

const HELP = `
Examples:
  npm run k6 -- compare baseline.json latest
  npm run k6 -- compare --save-baseline baseline.json latest
  npm run k6 -- compare --pairs 10 load --baseline http://127.0.0.1:8080 --candidate http://127.0.0.1:8081

Exit codes of two runs: 0, since one run each is no proof; 2 when they cannot be compared.
Exit codes of --pairs: 99 REGRESSION, 0 IMPROVED or NO_DIFFERENCE, 90 NO_DATA (too few pairs count, a
pair lacks a metric, the candidate lost load, or a pair could not be run) or NOT_PROVEN (with --at-most),
91 no valid pair, 105 stopped by you.`

/** Adds arguments and options of `compare`. */
export function addCompareOptions(command: Command): Command {
  const own = command
    .argument('<inputs...>', 'two runs (folder, id, latest or a baseline file), or a scenario')
    .addOption(
      new Option('--pairs <n>', 'run the scenario in n pairs, 5 to 100, or auto').argParser(
        parsePairs,
      ),
    )
    .option('--baseline <url>', 'with --pairs: what is now; may be <region>=<url>', append, [])
    .option('--candidate <url>', 'with --pairs: what is new; may be <region>=<url>', append, [])
    .addOption(
      new Option('--gate <metrics>', 'with --pairs: up to three that decide')
        .argParser(parseGates)
        .default(parseGates(DEFAULT_GATES), DEFAULT_GATES),
    )
    .addOption(
      new Option('--margin <share>', 'with --pairs: a difference up to this does not matter')
        .argParser(share('--margin'))
        .default(DEFAULT_MARGIN, '2%'),
    )
    .addOption(
      new Option(
        '--at-most <share>',
        'with --pairs: fail also where it is not proven that nothing is worse by more than this',
      ).argParser(share('--at-most')),
    )
    .option('--save-baseline <file>', 'write what later runs are compared with, for git')
  return addRunOptions(own).addHelpText('after', HELP)
}

/**
 * Makes sure that options and arguments say one thing.
 *
 * @throws ToolkitError `K6V_WRONG_USAGE` with all that is wrong
 */
export function checkCompareUsage(inputs: readonly string[], options: CompareOptions): void {
  const { pairs, saveBaseline, baseline, candidate, margin, atMost } = options
  const problems = [
    ...(pairs && saveBaseline !== undefined ? ['--save-baseline does not go with --pairs'] : []),
    ...(pairs && (baseline.length === 0 || candidate.length === 0)
      ? ['--pairs needs --baseline <url> and --candidate <url>']
      : []),
    ...(!pairs && baseline.length + candidate.length > 0
      ? ['--baseline and --candidate need --pairs']
      : []),
    ...(!pairs && atMost !== undefined ? ['--at-most needs --pairs'] : []),
    ...(atMost !== undefined && atMost < margin ? ['--at-most is less than --margin'] : []),
    ...(options.target.length > 0 ? ['--target: the targets are --baseline and --candidate'] : []),
    ...(options.webDashboard ? ['--web-dashboard is for single runs'] : []),
    ...(options.strict ? ['--strict is for single runs'] : []),
    ...(isDivided(options) ? ['--instances and --segment are for single runs'] : []),
  ]
  const wanted = pairs || saveBaseline !== undefined ? 1 : 2
  if (inputs.length !== wanted) {
    const what = pairs ? 'one scenario' : wanted === 1 ? 'one run' : 'two runs'
    problems.push(`Expected ${what}, got ${inputs.length}`)
  }
  if (problems.length > 0) throw wrongUsage(problems.join('; '))
}

function isDivided({ instances = 1, segment }: CompareOptions): boolean {
  return instances > 1 || segment !== undefined
}

function share(option: string): (text: string) => number {
  return (text) => {
    const [, number = text, percent] = /^([\d.]+)(%?)$/.exec(text) ?? []
    const value = Number(number) / (percent === '%' ? 100 : 1)
    if (number !== '' && value > 0 && value <= SHARE_MAX) return value
    throw wrongValue(option, 'a share above 0 such as 2% or 0.02, 100% at most', text)
  }
}

function append(value: string, values: string[]): string[] {
  return [...values, value]
}
