import { resolve } from 'node:path'
import { totalmem } from 'node:os'

/** What decides the environment of a k6 process. */
export interface EnvironmentOptions {
  /** The user's own environment. */
  env: NodeJS.ProcessEnv
  /** Memory that this process may use, as usableMemoryBytes() gives it. */
  totalMemoryBytes: number
  /** How many k6 share this machine. @default 1 */
  instances?: number
  /** CPUs that this process may use, as usableCpus() gives them; for several instances. */
  cpus?: number
  /** A file that holds `{}`, in place of the user's k6 config; left out for `k6 version`. */
  configFile?: string
}

// Outputs, the cloud and where a browser is are configured by these alone, and they cannot change what a test does.
const KEPT = /^K6_(PROMETHEUS_RW|OTEL|INFLUXDB|STATSD|CLOUD|BROWSER)_/

// Another name of a feature flag: it tags every sample of every output, the recording's too.
const FEATURE = 'K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM'

// A proxy would be measured in place of the target, and would see loopback requests too.
const PROXIES = new Set(['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'])

// Where a bundle sends requests. The shell's would lead past the target that was checked.
const TARGETS = /^(BASE_URL(_|$)|ALLOWED_TARGETS$)/

// Leaves room for the sandbox, the live samples and the page cache of the sample file.
const MEMORY_SHARE = 0.8

const BYTES_PER_MIB = 1_048_576

/**
 * The environment to spawn k6 with. It decides the run together with the bundle and nothing else:
 * a stray K6_VUS, a config file in the home folder or a proxy would silently make it another test.
 */
export function k6Environment(options: EnvironmentOptions): NodeJS.ProcessEnv {
  const { env, instances = 1, cpus = 1, configFile } = options
  const memoryBytes = options.totalMemoryBytes / instances
  return {
    ...keptVariables(env),
    ...usersFileVariable(env),
    ...(configFile === undefined ? {} : { K6_CONFIG: configFile }),
    // Otherwise an unknown import makes k6 download and run another binary.
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_NO_USAGE_REPORT: 'true',
    TZ: 'UTC',
    // Fewer collections than Go's 100: up to a tenth less CPU per request, and a lower p99 of k6's own.
    GOGC: env['GOGC'] || '400',
    GOMEMLIMIT: env['GOMEMLIMIT'] || memoryLimit(memoryBytes),
    // More threads than CPUs only make the instances take turns.
    ...(instances > 1 && { GOMAXPROCS: env['GOMAXPROCS'] || String(Math.ceil(cpus / instances)) }),
  }
}

/** Variables of the shell that k6 is given, and with it the script. */
function keptVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name)))
}

/** Names the file with one user for each VU. */
export const USERS_FILE = 'AUTH_USERS_FILE'

/** The users file by its whole path: k6 would look for it beside the bundle, not where it was typed. */
export function usersFileVariable(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = env[USERS_FILE]
  return path ? { [USERS_FILE]: resolve(path) } : {}
}

function isKept(name: string): boolean {
  const upper = name.toUpperCase()
  if (PROXIES.has(upper) || upper === FEATURE || TARGETS.test(upper)) return false
  return !upper.startsWith('K6_') || KEPT.test(upper)
}

function memoryLimit(totalMemoryBytes: number): string {
  return `${Math.floor((totalMemoryBytes * MEMORY_SHARE) / BYTES_PER_MIB)}MiB`
}

/** Names of variables of the shell that would be options of k6, or a proxy, and are kept from it. */
export function ignoredOptions(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const isOurs = /^K6_(BIN|VERDICT_|DOWNLOAD_URL$|NO_USAGE_REPORT$)/.test(name)
    const isTarget = TARGETS.test(name.toUpperCase())
    return !value || isKept(name) || isOurs || isTarget ? [] : [name]
  })
}

/** Names of variables of the shell that would say where to send, and say nothing here. */
export function ignoredTargets(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).filter((name) => TARGETS.test(name.toUpperCase()))
}

/**
 * Memory this process may use, in bytes: the machine's, or less where a cgroup (v1 or v2) says so.
 * Without a limit Node reports 0, undefined or an absurdly large number, by version and system.
 */
export function usableMemoryBytes(
  machineBytes: number = totalmem(),
  limitBytes: number | undefined = process.constrainedMemory(),
): number {
  return limitBytes ? Math.min(machineBytes, limitBytes) : machineBytes
}

const HIDDEN = '***'

/** In the names of variables whose values are nobody else's business. */
const SECRET = /PASS|SECRET|TOKEN|KEY|AUTH|CRED|SESSION|COOKIE/i

/** A shorter value would take away parts of ordinary words. */
const LENGTH_MIN = 4

/** A text without what the environment's secrets are: a script may put them into its errors. */
export function withoutValues(text: string, env: NodeJS.ProcessEnv): string {
  const values = Object.entries(env).flatMap(([name, value = '']) => {
    return name !== USERS_FILE && SECRET.test(name) && value.length >= LENGTH_MIN ? [value] : []
  })
  // The longest first: one may be a part of another.
  const sorted = values.sort((a, b) => b.length - a.length)
  return sorted.reduce((shown, value) => shown.replaceAll(value, HIDDEN), text)
}
