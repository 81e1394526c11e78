import { join } from 'node:path'
import { execa } from 'execa'
import { absent, type Attempt } from './attempt.ts'
import { installAtomically } from './cache.ts'
import { withElapsedProgress } from './elapsed-progress.ts'
import { findGo } from './go-toolchain.ts'
import type { K6Context } from './k6-context.ts'
import { binaryName, PINNED_VERSION } from './release.ts'

const TIME_LIMIT_MS = 15 * 60_000
const LAST_LINES = 8

class BuildError extends Error {}

/** Builds the k6 pinned in tools/k6 and installs it: the last way, because it takes a minute. */
export async function buildFromSource(context: K6Context): Promise<Attempt> {
  const go = await findGo(context)
  if ('problem' in go) return absent(go.problem)

  context.say(`building k6 ${PINNED_VERSION} from source with ${go.version}, about a minute`)
  const { progress } = context
  const line = (seconds: number): string => `building k6 from source: ${seconds} s`
  try {
    return await withElapsedProgress({ progress, line }, () =>
      installAtomically(context, (folder) => build(go.path, folder, context)),
    )
  } catch (error) {
    // The error that lists every way follows at once, so this is not said twice.
    if (error instanceof BuildError) return absent(error.message)
    throw error
  }
}

async function build(go: string, folder: string, context: K6Context): Promise<string> {
  const binary = join(folder, binaryName(context.platform))
  const args = ['build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', '-s -w']
  const result = await execa(go, [...args, '-o', binary, '.'], {
    cwd: context.moduleFolder,
    env: goEnvironment(context.env, folder),
    extendEnv: false,
    stdin: 'ignore',
    stdout: 'ignore',
    reject: false,
    timeout: TIME_LIMIT_MS,
    // On SIGINT go removes its own work folder before it leaves.
    killSignal: 'SIGINT',
    ...(context.signal ? { cancelSignal: context.signal } : {}),
  })
  context.signal?.throwIfAborted()
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
