import { access } from 'node:fs/promises'
import { execa } from 'execa'
import { type CachedProgram, cachedPath, installAtomically } from '../k6/cache.ts'
import { withElapsedProgress } from '../k6/elapsed-progress.ts'
import { executableOnPath } from '../k6/executable-on-path.ts'
import { BuildError, goBuild } from '../k6/go-build.ts'
import { findGo } from '../k6/go-toolchain.ts'
import type { K6Context } from '../k6/k6-context.ts'
import type { VersionAnswer } from '../k6/k6-version.ts'
import { projectPath } from '../core/project.ts'
import { toxiproxyNotRunnable, toxiproxyUnavailable } from './errors.ts'

const NAME = 'toxiproxy-server'

/** What tools/toxiproxy/go.mod pins. */
export const TOXIPROXY_VERSION = '2.12.0'

const MODULE = 'github.com/Shopify/toxiproxy/v2'

const TOXIPROXY: CachedProgram = {
  name: 'toxiproxy',
  version: TOXIPROXY_VERSION,
  binaryName: (platform) => (platform === 'win32' ? `${NAME}.exe` : NAME),
  ask: toxiproxyVersion,
  notRunnable: toxiproxyNotRunnable,
}

/**
 * Path of a toxiproxy-server: the one on PATH, else the cached one, else one built from the pinned module
 * (25 s, once).
 *
 * @throws ToolkitError when there is none and none can be built
 */
export async function findToxiproxy(context: K6Context): Promise<string> {
  const onPath = await executableOnPath(NAME, context)
  if (onPath !== undefined && (await isUsable(onPath))) return onPath
  const cached = cachedPath(TOXIPROXY, context)
  const isThere = await access(cached).then(
    () => true,
    () => false,
  )
  return isThere && (await isUsable(cached)) ? cached : build(context)
}

async function build(context: K6Context): Promise<string> {
  const { say, progress, platform } = context
  const go = await findGo(context, `toxiproxy ${TOXIPROXY_VERSION}`)
  if ('problem' in go) throw toxiproxyUnavailable(go.problem)
  say(`building toxiproxy ${TOXIPROXY_VERSION} from source with ${go.version}, once`)
  const line = (seconds: number): string => `building toxiproxy from source: ${seconds} s`
  const make = (folder: string): Promise<string> =>
    goBuild({
      ...context,
      go: go.path,
      moduleFolder: projectPath('tools', 'toxiproxy'),
      program: `${MODULE}/cmd/server`,
      linkerFlags: ['-X', `${MODULE}.Version=${TOXIPROXY_VERSION}`],
      folder,
      binaryName: TOXIPROXY.binaryName(platform),
    })
  try {
    const installed = await withElapsedProgress({ progress, line }, () =>
      installAtomically(context, make, TOXIPROXY),
    )
    return installed.path
  } catch (error) {
    throw error instanceof BuildError ? toxiproxyUnavailable(error.message) : error
  }
}

async function isUsable(path: string): Promise<boolean> {
  const answer = await toxiproxyVersion(path)
  return 'version' in answer && answer.version.startsWith('2.')
}

/** Reads `toxiproxy-server version 2.12.0`. */
async function toxiproxyVersion(path: string): Promise<VersionAnswer> {
  const result = await execa(path, ['-version'], {
    stdin: 'ignore',
    reject: false,
    timeout: 10_000,
  })
  const [, version] = /^toxiproxy-server version (\S+)$/m.exec(result.stdout) ?? []
  return version === undefined ? { problem: `${path} does not answer "-version"` } : { version }
}
