import type { Options } from 'k6/options'
import { askTargets } from '../k6/ask-targets.ts'
import { targetUnreachable } from './errors.ts'

/** How a run reaches its targets. */
export interface Reaching {
  /** Path of the k6 binary. */
  k6: string
  /** Of the script. */
  options: Options
  /** What `--proxy` and `--insecure` give k6. */
  networkEnv?: Readonly<Record<string, string>> | undefined
  /** How long an answer may take. @default 3 */
  readyTimeoutSeconds?: number | undefined
}

/** Options that decide whether and where k6 finds a host, and what it trusts. */
const NETWORK = [
  ...(['hosts', 'dns', 'blacklistIPs', 'blockHostnames'] as const),
  ...(['insecureSkipTLSVerify', 'tlsAuth', 'tlsVersion', 'tlsCipherSuites'] as const),
]

const READY_TIMEOUT_SECONDS = 3

/**
 * Makes sure that something answers at each URL, with k6's own network: its names, certificates and proxy.
 *
 * @throws ToolkitError with k6's reason
 */
export async function requireAnswers(urls: readonly string[], reaching: Reaching): Promise<void> {
  const { k6, options, networkEnv = {}, readyTimeoutSeconds } = reaching
  const set = NETWORK.filter((name) => options[name] !== undefined)
  const timeoutSeconds = readyTimeoutSeconds ?? READY_TIMEOUT_SECONDS
  const [first] = await askTargets({
    ...{ k6, urls, networkEnv, timeoutSeconds, env: process.env },
    network: Object.fromEntries(set.map((name) => [name, options[name]])),
  })
  if (first) throw targetUnreachable(...first, timeoutSeconds)
}
