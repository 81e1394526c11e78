// Pure. The flags of `k6 run` (k6 v2.2.0); a test compares them with what k6 itself says.

/** What the toolkit does with a flag of k6. */
type Use =
  /** Changes what the script is: its plan is read with it. */
  | 'script'
  /** Of the run alone. */
  | 'run'
  /** The toolkit has its own. */
  | 'own'

interface Flag {
  short?: string
  /** It stands alone, or has its value behind an equals sign only. */
  isAlone?: true
  use: Use
}

const script = { use: 'script' } as const
const alone = { use: 'script', isAlone: true } as const

/** By the long name. */
export const K6_FLAGS: Readonly<Record<string, Flag>> = {
  vus: { ...script, short: 'u' },
  duration: { ...script, short: 'd' },
  iterations: { ...script, short: 'i' },
  stage: { ...script, short: 's' },
  'execution-segment': script,
  'execution-segment-sequence': script,
  paused: { use: 'run', isAlone: true, short: 'p' },
  'no-setup': alone,
  'no-teardown': alone,
  'max-redirects': script,
  batch: script,
  'batch-per-host': script,
  rps: script,
  'user-agent': script,
  'http-debug': alone,
  'insecure-skip-tls-verify': alone,
  'no-connection-reuse': alone,
  'no-vu-connection-reuse': alone,
  'min-iteration-duration': script,
  throw: { ...alone, short: 'w' },
  'blacklist-ip': script,
  'block-hostnames': script,
  'summary-trend-stats': script,
  'summary-time-unit': script,
  'system-tags': script,
  tag: script,
  'console-output': script,
  'discard-response-bodies': alone,
  'local-ips': script,
  dns: script,
  'include-system-env-vars': alone,
  'compatibility-mode': script,
  type: { ...script, short: 't' },
  env: { ...script, short: 'e' },
  'no-thresholds': alone,
  'summary-mode': script,
  'summary-export': { use: 'own' },
  'new-machine-readable-summary': alone,
  'traces-output': script,
  out: { use: 'run', short: 'o' },
  linger: { use: 'own', isAlone: true, short: 'l' },
  'no-usage-report': { use: 'own', isAlone: true },
  features: { use: 'run' },
  address: { use: 'run', short: 'a' },
  config: { ...script, short: 'c' },
  'log-format': { use: 'run' },
  'log-output': { use: 'run' },
  'no-color': { use: 'own', isAlone: true },
  'profiling-enabled': { use: 'run', isAlone: true },
  quiet: { use: 'own', isAlone: true, short: 'q' },
  'secret-source': script,
  verbose: { use: 'run', isAlone: true, short: 'v' },
}

/** A flag as it was given. */
export interface GivenFlag {
  name: string
  use: Use
  /** Missing where it stands alone. */
  value?: string
  /** As k6 takes it. */
  words: string[]
}

/** One word of a command line that begins with a dash, and what stands behind it. */
export interface Read {
  flag: GivenFlag
  /** How many words it took. */
  length: number
}

/**
 * Reads the flag of k6 at the start of some words: `--vus 5`, `--vus=5`, `-u 5`, `-u5`, `-u=5`.
 *
 * @returns undefined where it is none of k6's
 */
export function readFlag(words: readonly string[]): Read | undefined {
  const [word = '', next] = words
  const isLong = word.startsWith('--')
  const { name, given } = isLong ? longName(word.slice(2)) : shortName(word.slice(1))
  const flag = name === undefined ? undefined : K6_FLAGS[name]
  if (name === undefined || !flag) return undefined
  const { use } = flag
  if (given !== undefined || flag.isAlone) {
    return {
      flag: { name, use, ...(given !== undefined && { value: given }), words: [word] },
      length: 1,
    }
  }
  if (next === undefined) return undefined
  return { flag: { name, use, value: next, words: [word, next] }, length: 2 }
}

function longName(text: string): { name: string; given?: string } {
  const at = text.indexOf('=')
  return at < 0 ? { name: text } : { name: text.slice(0, at), given: text.slice(at + 1) }
}

function shortName(text: string): { name?: string; given?: string } {
  const found = Object.entries(K6_FLAGS).find(([, { short }]) => short === text.charAt(0))
  if (!found || text === '') return {}
  const [name, { isAlone }] = found
  const rest = text.slice(1)
  if (rest === '') return { name }
  // Several letters in one word, such as -qv, are not taken apart.
  if (isAlone) return {}
  return { name, given: rest.replace(/^=/, '') }
}
