import { maskArgument, maskSecrets } from '../core/mask-secrets.ts'
import type { ManifestScript } from '../run-folder/manifest.ts'
import type { ScriptRun } from './script-run.ts'

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
