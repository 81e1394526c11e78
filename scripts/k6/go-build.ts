import { join } from 'node:path'
import { execa } from 'execa'

const TIME_LIMIT_MS = 15 * 60_000
const LAST_LINES = 8

/** The compiler said no; the message has its last lines. */
export class BuildError extends Error {}

export interface GoBuild {
  /** Path of the go command. */
  go: string
  /** The Go module that pins what is built. */
  moduleFolder: string
  /** Import path of the program in that module. @default '.' */
  program?: string
  /** Added to the linker's flags. */
  linkerFlags?: readonly string[]
  /** Gets the binary, and all that the compiler needs meanwhile. */
  folder: string
  binaryName: string
  env: NodeJS.ProcessEnv
  signal: AbortSignal | undefined
}

/**
 * Builds a program of a pinned module.
 *
 * @returns path of the binary
 * @throws BuildError, or the signal's reason when it was told to stop
 */
export async function goBuild(build: GoBuild): Promise<string> {
  const { folder, signal, program = '.', linkerFlags = [] } = build
  const binary = join(folder, build.binaryName)
  const flags = ['-s', '-w', ...linkerFlags].join(' ')
  const args = ['build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', flags]
  const result = await execa(build.go, [...args, '-o', binary, program], {
    cwd: build.moduleFolder,
    env: goEnvironment(build.env, folder),
    extendEnv: false,
    stdin: 'ignore',
    stdout: 'ignore',
    reject: false,
    timeout: TIME_LIMIT_MS,
    // On SIGINT go removes its own work folder before it leaves.
    killSignal: 'SIGINT',
    ...(signal ? { cancelSignal: signal } : {}),
  })
  signal?.throwIfAborted()
  if (result.failed) throw new BuildError(`go build failed: ${lastLines(result)}`)
  return binary
}

/** For this machine, as the official binaries are built; module proxy settings stay the user's. */
function goEnvironment(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => name !== 'GOOS' && name !== 'GOARCH')
  return {
    ...Object.fromEntries(kept),
    CGO_ENABLED: '0',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    // Some 500 MB for a minute: inside the folder that is removed whatever happens.
    GOTMPDIR: folder,
  }
}

function lastLines({ stderr, shortMessage }: { stderr?: unknown; shortMessage?: unknown }): string {
  const text = typeof stderr === 'string' ? stderr.trim() : ''
  return text.split('\n').slice(-LAST_LINES).join('\n') || String(shortMessage)
}
