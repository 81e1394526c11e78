import type { GivenFlag } from './k6-flags.ts'
import { maskArgument, maskSecrets } from '../core/mask-secrets.ts'
import type { ManifestScript } from '../run-folder/manifest.ts'

/** A k6 script of the user's own, as it is going to run. */
export interface ScriptRun {
  /** As typed. */
  typed: string
  /** What k6 runs: the user's file in its own place, or the archive. */
  path: string
  /** k6's archive of it: what travels, and is kept in the folder of the run. */
  archive: string
  /** k6's flags for it, in their order. */
  flags: readonly GivenFlag[]
  /** Where the user has typed the command. */
  folder: string
  /** k6 runs the archive: its options have the flags of the load already, which must not be given again. */
  isArchive: boolean
  /** The options of the archive were changed. */
  isEdited: boolean
  /** All that are to be on, where the script's own are not enough. */
  systemTags?: string[]
  /** Outputs of the user's own. */
  outputs: string[]
  /** Of k6's API, where the user has chosen it. */
  apiPort?: number
  /** The user has turned k6's summary off, or asked for another shape of it: only the samples tell. */
  isWithoutSummary?: boolean
  /** The user has sent k6's log elsewhere, with what iterations threw. */
  isLogElsewhere?: boolean
}

/** What of this the user's flags and variables ask for. */
export function withoutEvidence(
  flags: readonly GivenFlag[],
  env: NodeJS.ProcessEnv,
): Pick<ScriptRun, 'isWithoutSummary' | 'isLogElsewhere'> {
  const said = (name: string, variable: string): string | undefined => {
    const given = flags.filter((flag) => flag.name === name).at(-1)
    return given ? (given.value ?? 'true') : env[variable]
  }
  const isOff = said('summary-mode', 'K6_SUMMARY_MODE') === 'disabled'
  const isNew = said('new-machine-readable-summary', 'K6_NEW_MACHINE_READABLE_SUMMARY') === 'true'
  const log = said('log-output', 'K6_LOG_OUTPUT') ?? 'stderr'
  return {
    ...((isOff || isNew) && { isWithoutSummary: true }),
    ...(log !== 'stderr' && { isLogElsewhere: true }),
  }
}

/** The port of `--address` or K6_ADDRESS, such as `localhost:6565`. */
export function apiPort(flags: readonly GivenFlag[], env: NodeJS.ProcessEnv): number | undefined {
  const given = flags.filter(({ name }) => name === 'address').at(-1)?.value ?? env['K6_ADDRESS']
  const port = Number(/:(\d+)$/.exec(given ?? '')?.[1])
  return port > 0 ? port : undefined
}

/** What the user's flags come to for this k6: what the toolkit has of its own, and what is in the archive, is left out. */
export function flagWords({ flags, isArchive }: ScriptRun): string[] {
  return flags
    .filter(
      ({ name, use }) =>
        use !== 'own' && name !== 'out' && name !== 'system-tags' && name !== 'log-format',
    )
    .filter(({ name, use }) => !isArchive || use === 'run' || EVALUATED.includes(name))
    .flatMap(({ words }) => words)
}

/** Flags that are in no archive. */
const EVALUATED = [
  ...['env', 'config', 'secret-source', 'include-system-env-vars', 'compatibility-mode'],
  ...['no-thresholds', 'summary-mode', 'new-machine-readable-summary', 'traces-output'],
]

/** The file that gets k6's summary too, where the user has named one. */
export function summaryExport(
  flags: readonly GivenFlag[],
  env: NodeJS.ProcessEnv,
): string | undefined {
  const given = flags.filter(({ name }) => name === 'summary-export').at(-1)?.value
  return given || env['K6_SUMMARY_EXPORT'] || undefined
}

/** What run.json says of a script of the user's own: values of -e and of outputs may be secrets. */
export function scriptRow({ typed, flags, isEdited, systemTags }: ScriptRun): ManifestScript {
  return {
    path: maskSecrets(typed),
    flags: flags.map(({ name, value }) => {
      if (value === undefined) return `--${name}`
      return `--${name}=${SECRETIVE.includes(name) ? masked(value) : maskArgument(value)}`
    }),
    ...(isEdited && { isEdited }),
    ...(systemTags && { systemTags }),
  }
}

/** Flags whose values may be anything. */
const SECRETIVE = ['env', 'out', 'secret-source', 'tag', 'log-output', 'user-agent']

// The name of a variable or an output is no secret.
function masked(value: string): string {
  const at = value.indexOf('=')
  return at < 0 ? maskArgument(value) : `${value.slice(0, at)}=***`
}
