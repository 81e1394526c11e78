// Pure. What becomes of k6's flags where a script runs on Kubernetes: most are options of its archive by then.
import type { GivenFlag } from '../../script/k6-flags.ts'
import { flagNotInCluster, variableNameWrong } from './errors.ts'

/** In no archive: each runner is given them. `k6 archive` takes them too, which the operator runs before. */
const PASSED = [
  ...['compatibility-mode', 'include-system-env-vars', 'summary-mode', 'verbose'],
  'new-machine-readable-summary',
]

const REFUSED: Readonly<Record<string, string>> = {
  features: 'the operator gives its arguments to "k6 archive" too, which does not know it',
  address: 'the operator starts each k6 by its API at an address of its own',
  'log-output': 'only the log of its pod tells how a runner went',
  'secret-source': 'what it names is on this machine; put the values into the Secret of --secret',
  'summary-export': 'each runner has a summary of its own, in instances/<name>/summary.json',
}

/**
 * Arguments of the runners.
 *
 * @throws ToolkitError for a flag that no runner can have
 */
export function runnerFlags(flags: readonly GivenFlag[]): string[] {
  for (const { name } of flags) {
    const why = REFUSED[name]
    if (why !== undefined) throw flagNotInCluster(`--${name}`, why)
  }
  return flags.filter(({ name }) => PASSED.includes(name)).flatMap(({ words }) => words)
}

/**
 * Variables that `-e` gives: `NAME=value`, or `NAME` alone for what the shell has.
 *
 * @throws ToolkitError for a name that no environment of a pod can have
 */
export function scriptVariables(
  flags: readonly GivenFlag[],
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const given = flags.flatMap(({ name, value }) => (name === 'env' && value ? [value] : []))
  const pairs = given.flatMap((text): [string, string][] => {
    const at = text.indexOf('=')
    const name = at < 0 ? text : text.slice(0, at)
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw variableNameWrong(name)
    const value = at < 0 ? env[name] : text.slice(at + 1)
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(pairs)
}
