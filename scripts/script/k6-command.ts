import { dirname } from 'node:path'
import { type K6Part, partArguments } from '../k6/k6-arguments.ts'
import type { InstanceFiles } from '../run-folder/run-folder.ts'
import { recording } from '../samples/csv-source.ts'
import { flagWords, type ScriptRun } from './script-run.ts'
import { usableMemoryBytes } from '../k6/environment.ts'

export interface CommandParts {
  files: InstanceFiles
  part: K6Part | undefined
  outputs: readonly string[]
}

/**
 * Arguments of `k6 run` for a script of the user's own: the user's flags, and what the verdict needs. The log goes to
 * the error output unless the user has said otherwise, and the progress is not hidden: it counts interrupted iterations.
 */
export function scriptArgumentsOf(
  script: ScriptRun,
  { files, part, outputs }: CommandParts,
): string[] {
  const { systemTags, path } = script
  return [
    'run',
    '--no-color',
    '--log-format=text',
    `--summary-export=${files.summary}`,
    ...outputs.flatMap((output) => ['--out', output]),
    ...(systemTags ? [`--system-tags=${systemTags.join(',')}`] : []),
    ...flagWords(script),
    ...(part ? partArguments(part) : []),
    path,
  ]
}

/** Whether k6 would split it in an output. */
const isAmbiguous = (csv: string): boolean => /[,=]/.test(dirname(csv))

/** The recording as an output, beside CSV files of the user's own: variables would be theirs too. */
export function recordingOutput(csv: string): string {
  const { output, env } = recording(csv)
  if (isAmbiguous(csv)) return output
  const { K6_CSV_FILENAME: name, K6_CSV_TIME_FORMAT: time, K6_CSV_SAVE_INTERVAL: interval } = env
  return `${output}=fileName=${name},saveInterval=${interval},timeFormat=${time}`
}

/** Where the path cannot stand in an argument. */
export function recordingVariables(csv: string): Record<string, string> {
  return isAmbiguous(csv) ? recording(csv).env : {}
}

/** What is the toolkit's own, and may be a secret. */
const OWN = /^K6_VERDICT_/

/** The toolkit gives these by flags, and k6 would have them twice. */
const REPLACED = ['K6_OUT', 'K6_SUMMARY_EXPORT', 'K6_LOG_FORMAT', 'K6_NO_COLOR', 'K6_LINGER']

const LOAD = ['K6_VUS', 'K6_DURATION', 'K6_ITERATIONS', 'K6_STAGES', 'K6_SYSTEM_TAGS', 'K6_TAGS']

export interface UserEnvironmentOptions {
  /** At most; what this machine has, unless said otherwise. */
  maxMemoryBytes?: number
  /** How many k6 share this machine, and its CPUs. */
  instances: number
  cpus: number
  /** k6 runs an archive, whose options have these variables in them already. */
  isArchive?: boolean
}

/**
 * The environment of a k6 that runs a script of the user's own: the shell's, as plain `k6 run` would have it. So a
 * K6_VUS, a proxy, K6_CONFIG and a BASE_URL count here. What is left out are outputs and looks that flags replace.
 */
export function userEnvironment(
  env: NodeJS.ProcessEnv,
  { maxMemoryBytes = Infinity, instances, cpus, isArchive = false }: UserEnvironmentOptions,
): NodeJS.ProcessEnv {
  const left = isArchive ? [...REPLACED, ...LOAD] : REPLACED
  const kept = Object.entries(env).filter(([name]) => !OWN.test(name) && !left.includes(name))
  const memoryBytes = Math.min(usableMemoryBytes(), maxMemoryBytes) / instances
  return {
    ...Object.fromEntries(kept),
    K6_NO_USAGE_REPORT: 'true',
    // Fewer collections than Go's 100, which pay for the recording.
    GOGC: env['GOGC'] || '400',
    GOMEMLIMIT:
      env['GOMEMLIMIT'] || `${Math.floor((memoryBytes * MEMORY_SHARE) / BYTES_PER_MIB)}MiB`,
    ...(instances > 1 && { GOMAXPROCS: env['GOMAXPROCS'] || String(Math.ceil(cpus / instances)) }),
  }
}

const MEMORY_SHARE = 0.8
const BYTES_PER_MIB = 1_048_576
