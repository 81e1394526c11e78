import { type Command, Option } from 'commander'
import { notWithScript } from '../script/errors.ts'

const HOSTS = 'a script names the hosts that it calls itself'
const LOAD = 'its executors say what load it is'

/** Options of the toolkit's own scenarios that cannot say anything of a script, why, and what to do instead. */
const UNFIT: readonly [flags: string, why: string, instead: string][] = [
  ['--target <url>', HOSTS, 'Give it a variable that it reads, such as -e BASE_URL=https://….'],
  [
    '--region-latency <times>',
    `${HOSTS}, so nobody can put a network between it and a region`,
    'A script may wait by itself; k6 knows no regions.',
  ],
  ['--regions <names>', 'k6 scenarios of a script have no regions', 'Tag its scenarios instead.'],
  ['--workload <name>', 'what its users do stands in the script', 'Leave it out.'],
  ['--mix <name>', 'what its users do stands in the script', 'Choose by a variable that it reads.'],
  ['--profile <name>', LOAD, 'Use --users, --rate or --duration, or flags of k6 such as --stage.'],
  ['--model <model>', LOAD, 'Choose another executor in the script.'],
  ['--pool-users <n>', LOAD, 'Set preAllocatedVUs and maxVUs in the script.'],
  ['--from-rate <n>', LOAD, 'Set startRate in the script, or use --rate for all of its rates.'],
  ['--seed <n>', 'its data are its own', 'Give it a variable that it reads, such as -e SEED=7.'],
  ['--proxy <url>', 'k6 takes the proxy of the shell', 'Set HTTP_PROXY and HTTPS_PROXY.'],
  ['--insecure', 'k6 has a flag for it', 'Use --insecure-skip-tls-verify.'],
  ['--ready-timeout <time>', HOSTS, 'Wait for them in setup().'],
]

/** Adds them, so that they are known and get an answer; no help shows them. */
export function addUnfitOptions(command: Command): Command {
  for (const [flags] of UNFIT) command.addOption(new Option(flags).hideHelp())
  return command
}

/** @throws ToolkitError `K6V_NOT_WITH_SCRIPT` for what cannot fit a script of the user's own */
export function refuseUnfit(own: readonly string[]): void {
  for (const word of own) {
    const [name = ''] = word.split('=', 1)
    const unfit = UNFIT.find(([flags]) => flags.split(' ', 1)[0] === name)
    if (unfit) throw notWithScript(name, { why: unfit[1], instead: unfit[2] })
  }
}

/**
 * Refuses to divide what the user has divided already.
 *
 * @throws ToolkitError `K6V_NOT_WITH_SCRIPT`
 */
export function refuseDivided(segment: string | null | undefined, by: string): void {
  if (!segment) return
  throw notWithScript('--execution-segment, or executionSegment in its options,', {
    why: `${by} divides the load, and would take the place of ${segment}`,
    instead: `Leave one of the two out.`,
  })
}
