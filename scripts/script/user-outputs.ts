import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { homedir } from 'node:os'
import type { GivenFlag } from './k6-flags.ts'
import { userPath } from './typed-path.ts'

/**
 * The outputs that plain `k6 run` would have: those of the command line, else of K6_OUT, else of the config file. The
 * recording comes as a flag, and flags replace what the others say.
 */
export function userOutputs(flags: readonly GivenFlag[], env: NodeJS.ProcessEnv): string[] {
  const given = flags.flatMap(({ name, value }) => (name === 'out' && value ? [value] : []))
  if (given.length > 0) return given
  if (env['K6_OUT']) return env['K6_OUT'].split(',')
  return configured(flags, env)
}

function configured(flags: readonly GivenFlag[], env: NodeJS.ProcessEnv): string[] {
  try {
    const { out } = JSON.parse(readFileSync(configPath(flags, env), 'utf8')) as { out?: unknown }
    const all: unknown[] = Array.isArray(out) ? out : [out]
    return all.flatMap((each) => (typeof each === 'string' && each !== '' ? [each] : []))
  } catch {
    // k6 itself says what is wrong with it.
    return []
  }
}

/** The configuration that plain `k6 run` would read. */
export function configPath(flags: readonly GivenFlag[], env: NodeJS.ProcessEnv): string {
  const named = flags.filter(({ name }) => name === 'config').at(-1)?.value ?? env['K6_CONFIG']
  return named ? userPath(named, env) : defaultConfig(env)
}

// As Go's os.UserConfigDir() has it.
function defaultConfig(env: NodeJS.ProcessEnv): string {
  const base =
    process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support')
      : process.platform === 'win32'
        ? (env['AppData'] ?? homedir())
        : env['XDG_CONFIG_HOME'] || join(homedir(), '.config')
  return join(base, 'k6', 'config.json')
}
