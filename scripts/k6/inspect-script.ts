import { execFile } from 'node:child_process'
import { projectPath } from '../core/project.ts'
import { k6Environment, usableMemoryBytes } from './environment.ts'

export interface Inspection {
  /** Path of the k6 binary. */
  k6: string
  script: string
  /** The user's own environment: k6 gets of it what it gets in the run. */
  env: NodeJS.ProcessEnv
  networkEnv?: Readonly<Record<string, string>> | undefined
  signal?: AbortSignal | undefined
  /** Where to put k6's archive of the script and all that it opens; then nothing is said of the options. */
  archive?: string | undefined
}

/** What k6 says of a script, or why it refuses it. */
export type Inspected =
  | { options: Record<string, unknown> }
  | {
      /** In k6's words: of an exception with its stack. */
      problem: string
      isException: boolean
    }

/** What the run is given is not known yet, or not here; init code may ask whether there is one. */
const SOME_TARGET = 'http://127.0.0.1:8640'

/** Init code may fetch modules, for which k6 waits a minute each. */
const TIMEOUT_MS = 5 * 60_000

const OUTPUT_BYTES_MAX = 256 * 2 ** 20

/** Has k6 run the init code of a script, as `k6 run` would, and reads the options that are in force after it. */
export async function inspectScript(inspection: Inspection): Promise<Inspected> {
  const { k6, script, env, networkEnv, signal, archive } = inspection
  const what =
    archive === undefined
      ? ['inspect', '--execution-requirements']
      : // Without the environment, which may hold secrets.
        ['archive', '--exclude-env-vars', '-O', archive]
  const args = [...what, '--include-system-env-vars', '--no-color']
  const own = k6Environment({
    env,
    totalMemoryBytes: usableMemoryBytes(),
    configFile: projectPath('scripts', 'k6', 'empty-config.json'),
  })
  const options = {
    env: { BASE_URL: SOME_TARGET, ...own, ...networkEnv },
    signal,
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL' as const,
    maxBuffer: OUTPUT_BYTES_MAX,
  }
  return new Promise((resolve) => {
    execFile(k6, [...args, '--log-format=json', script], options, (error, stdout, stderr) => {
      if (!error) resolve({ options: archive === undefined ? optionsIn(stdout) : {} })
      else if (error.killed) resolve({ problem: NO_END, isException: false })
      else resolve(problemIn(stderr) ?? { problem: error.message, isException: false })
    })
  })
}

const NO_END = `its init code has not ended within ${TIMEOUT_MS / 60_000} minutes`

// What a script leaves out is null.
function optionsIn(stdout: string): Record<string, unknown> {
  const withoutNull = (_: string, value: unknown): unknown => value ?? undefined
  return JSON.parse(stdout, withoutNull) as Record<string, unknown>
}

/** A line of k6's log. */
interface LogLine {
  level?: string
  msg?: string
  hint?: string
  source?: string
}

function problemIn(log: string): Exclude<Inspected, { options: unknown }> | undefined {
  const errors = log.split('\n').map(parsed)
  const own = errors.filter(({ level, source }) => level === 'error' && source !== 'console')
  const { msg, hint } = own.at(-1) ?? {}
  if (msg === undefined) return undefined
  return { problem: msg.trim(), isException: hint === 'script exception' }
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine
  } catch {
    return {}
  }
}
