import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import envPaths from 'env-paths'
import type { ToolkitError } from '../core/errors.ts'
import type { K6Binary } from './attempt.ts'
import { cacheUnwritable, k6NotRunnable } from './errors.ts'
import type { K6Context } from './k6-context.ts'
import { binaryName, k6Version, PINNED_VERSION, type VersionAnswer } from './k6-version.ts'

/** What of a K6Context the cache needs. */
export type CacheContext = Pick<K6Context, 'env' | 'platform' | 'arch'>

/** A program that the cache can hold, in one pinned version. */
export interface CachedProgram {
  /** First part of its folder's name. */
  name: string
  version: string
  binaryName: (platform: NodeJS.Platform) => string
  /** Asks a binary which version it is. */
  ask: (path: string, context: CacheContext) => Promise<VersionAnswer>
  /** What to say of one that was just made and is not the pinned one. */
  notRunnable: (folder: string, problem: string) => ToolkitError
}

const K6: CachedProgram = {
  name: 'k6',
  version: PINNED_VERSION,
  binaryName,
  ask: k6Version,
  notRunnable: k6NotRunnable,
}

const TEMPORARY = '.installing-'
const STALE_AFTER_MS = 24 * 3_600_000
const DISK_ERRORS = /^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT|ENOTDIR|EEXIST|EIO)$/

/** `K6_VERDICT_CACHE`, or where this system keeps what can be fetched again. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const given = env['K6_VERDICT_CACHE']
  return given ? resolve(given) : envPaths('k6-verdict', { suffix: '' }).cache
}

/** Where the pinned k6 of this machine is, or would be. */
export function cachedK6Path(context: CacheContext): string {
  return cachedPath(K6, context)
}

/** The same for any program: a home folder may be shared by several machines. */
export function cachedPath(
  { name, version, binaryName: nameOn }: CachedProgram,
  { env, platform, arch }: CacheContext,
): string {
  return join(cacheFolder(env), `${name}-${version}-${platform}-${arch}`, nameOn(platform))
}

/**
 * Puts a program into the cache, k6 unless told otherwise. It is made in a folder of its own beside the target, must answer with
 * the pinned version, and is then renamed, so that nobody ever sees half a file. Of two installs at
 * once both succeed. Whatever goes wrong, the temporary folder is gone afterwards.
 *
 * @param make puts a binary into the folder it is given and returns its path
 */
export async function installAtomically(
  context: CacheContext,
  make: (folder: string) => Promise<string>,
  program = K6,
): Promise<K6Binary> {
  const cache = cacheFolder(context.env)
  try {
    await mkdir(cache, { recursive: true })
    await removeStaleInstalls(cache)
    const folder = await mkdtemp(join(cache, TEMPORARY))
    try {
      return await moveIntoPlace(await make(folder), context, program)
    } finally {
      // A compiler that was told to stop may still be closing its files.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  } catch (error) {
    throw isDiskError(error) ? cacheUnwritable(cache, error) : error
  }
}

async function moveIntoPlace(
  made: string,
  context: CacheContext,
  program: CachedProgram,
): Promise<K6Binary> {
  const { ask, notRunnable, version } = program
  const answer = await ask(made, context)
  if ('problem' in answer) throw notRunnable(dirname(made), answer.problem)
  if (answer.version !== version) {
    throw notRunnable(dirname(made), `it is ${answer.version}, not ${version}`)
  }

  const target = cachedPath(program, context)
  // Another install may have finished first, and its program may run: Windows cannot replace it.
  if (!('version' in (await ask(target, context)))) {
    await mkdir(dirname(target), { recursive: true })
    await rename(made, target)
  }
  return { path: target, version: answer.version }
}

/** A killed install cannot clean up after itself; a day later nobody can still be writing there. */
async function removeStaleInstalls(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(TEMPORARY)) continue
    const folder = join(cache, name)
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }))
    if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(folder, { recursive: true, force: true })
  }
}

function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  const { code } = error as NodeJS.ErrnoException
  return error instanceof Error && typeof code === 'string' && DISK_ERRORS.test(code)
}
