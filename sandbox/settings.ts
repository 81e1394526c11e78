/** All numbers of the sandbox. Units end the names; a name without one is a count. */
export interface SandboxSettings {
  /** TCP port on 127.0.0.1; 0 takes any free one. */
  port: number
  /** Processes that share the port, each with a pool, a model and a database. A connection stays with one process. */
  workers: number
  /** Each further worker slows the model calls of all workers down by this fraction; 0 disables. */
  workerContention: number
  /** Makes latencies, confidences, user segments and the token key repeat. */
  seed: number
  users: number
  /** Database connections open at once. */
  poolMax: number
  /** Requests that may wait for a connection; the next one is answered 503. */
  poolWaitersMax: number
  poolAcquireTimeoutMs: number
  /** Held with the connection, as a database one network hop away would; 0 disables. */
  databaseRoundTripMs: number
  /** Enhancements remembered by prompt, the least recently used leaves first; 0 disables. */
  cacheEntries: number
  modelMedianMs: number
  /** Median of the one call that serves a whole batch. */
  modelBatchMedianMs: number
  /** Sigma of the lognormal model latency: 0 is constant, p99 is median * e^(2.33 sigma). */
  modelSigma: number
  /** Model calls at once. */
  modelConcurrency: number
  /** Model calls that may wait; the next one is answered 503. */
  modelQueueMax: number
  modelQueueTimeoutMs: number
  /** Between two updates of a metrics stream. */
  streamIntervalMs: number
  /** Every so many streams, or subscriptions, the server ends one after its first update; 0 disables. */
  streamDropEvery: number
  accessTokenSeconds: number
  refreshTokenSeconds: number
  /** Larger bodies are answered 413. */
  bodyBytesMax: number
}

/** Which numbers a setting may have, and its default. */
export interface SettingRule {
  value: number
  min: number
  max: number
  /** Only times and sigma may have a fraction. */
  fraction?: true
}

export type SettingRules = Record<string, SettingRule>

const HOUR_MS = 3_600_000
const YEAR_SECONDS = 31_536_000

const RULES: Record<keyof SandboxSettings, SettingRule> = {
  port: { value: 0, min: 0, max: 65_535 },
  workers: { value: 1, min: 1, max: 64 },
  workerContention: { value: 0, min: 0, max: 10, fraction: true },
  seed: { value: 1, min: 0, max: 0xffff_ffff },
  users: { value: 5_000, min: 1, max: 100_000 },
  poolMax: { value: 10, min: 1, max: 1_000 },
  poolWaitersMax: { value: 2_000, min: 0, max: 1_000_000 },
  poolAcquireTimeoutMs: { value: 5_000, min: 1, max: HOUR_MS },
  databaseRoundTripMs: { value: 1, min: 0, max: HOUR_MS, fraction: true },
  cacheEntries: { value: 10_000, min: 0, max: 10_000_000 },
  modelMedianMs: { value: 25, min: 0, max: HOUR_MS, fraction: true },
  modelBatchMedianMs: { value: 60, min: 0, max: HOUR_MS, fraction: true },
  modelSigma: { value: 0.5, min: 0, max: 3, fraction: true },
  modelConcurrency: { value: 64, min: 1, max: 100_000 },
  modelQueueMax: { value: 1_000, min: 0, max: 1_000_000 },
  modelQueueTimeoutMs: { value: 10_000, min: 1, max: HOUR_MS },
  streamIntervalMs: { value: 5_000, min: 10, max: HOUR_MS },
  streamDropEvery: { value: 20, min: 0, max: 1_000_000 },
  accessTokenSeconds: { value: 900, min: 1, max: YEAR_SECONDS },
  refreshTokenSeconds: { value: 86_400, min: 1, max: YEAR_SECONDS },
  // 50 prompts of 20,000 characters of up to four bytes fit.
  bodyBytesMax: { value: 4_200_000, min: 1_024, max: 1_000_000_000 },
}

/** What applies where nothing else is said. */
export const DEFAULT_SETTINGS: Readonly<SandboxSettings> = defaultsOf(RULES)

/** The default of each setting. */
export function defaultsOf<Name extends string>(
  rules: Record<Name, SettingRule>,
): Record<Name, number> {
  return settingsOf(rules, (_name, { value }) => value)
}

/** Variables that begin like settings of the sandbox, and are none of these. */
export function unknownVariables(
  environment: NodeJS.ProcessEnv,
  ofSystems: SettingRules = {},
): string[] {
  const known = new Set(Object.keys({ ...ofSystems, ...RULES }).map(variableOf))
  return Object.keys(environment).filter((name) => name.startsWith('SANDBOX_') && !known.has(name))
}

/**
 * Reads `SANDBOX_*` (`poolMax` is `SANDBOX_POOL_MAX`) over the defaults.
 *
 * @param ofSystems rules of further settings
 * @throws Error naming every unknown variable and every bad value at once, one per line
 */
export function settingsFromEnvironment(
  environment: NodeJS.ProcessEnv,
  ofSystems: SettingRules = {},
): SandboxSettings & Record<string, number> {
  const rules = { ...ofSystems, ...RULES }
  const problems = unknownVariables(environment, ofSystems).map(
    (variable) => `Expected a known SANDBOX_ variable, got ${variable}`,
  )

  const settings = settingsOf(rules, (name, rule) => {
    const text = environment[variableOf(name)]
    if (text === undefined) return rule.value
    if (!isAllowed(text, rule)) problems.push(problemOf(name, rule, text))
    return Number(text)
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return settings
}

function settingsOf<Name extends string>(
  rules: Record<Name, SettingRule>,
  valueOf: (name: Name, rule: SettingRule) => number,
): Record<Name, number> {
  const names = Object.keys(rules) as Name[]
  return Object.fromEntries(names.map((name) => [name, valueOf(name, rules[name])])) as Record<
    Name,
    number
  >
}

function variableOf(name: string): string {
  return `SANDBOX_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

function isAllowed(text: string, { min, max, fraction }: SettingRule): boolean {
  const form = fraction ? /^\d+(\.\d+)?$/ : /^\d+$/
  return form.test(text) && Number(text) >= min && Number(text) <= max
}

function problemOf(name: string, { min, max, fraction }: SettingRule, text: string): string {
  const kind = fraction ? 'a number' : 'an integer'
  return `Expected ${variableOf(name)} to be ${kind} from ${min} to ${max}, got "${text}"`
}
