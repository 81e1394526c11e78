import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import envPaths from 'env-paths'
import type { K6Binary } from './attempt.ts'
import { cacheUnwritable, k6NotRunnable } from './errors.ts'
import type { K6Context } from './k6-context.ts'
import { k6Version } from './k6-version.ts'
import { binaryName, PINNED_VERSION } from './release.ts'

const TEMPORARY = '.installing-'
const STALE_AFTER_MS = 24 * 3_600_000
const DISK_ERRORS = /^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT|ENOTDIR|EEXIST|EIO)$/

/** `K6_VERDICT_CACHE`, or where this system keeps what can be fetched again. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const given = env['K6_VERDICT_CACHE']
  return given ? resolve(given) : envPaths('k6-verdict', { suffix: '' }).cache
}

/** Where the pinned k6 of this machine is, or would be: a home folder may be shared by several. */
export function cachedK6Path({ env, platform, arch }: K6Context): string {
  const folder = `k6-${PINNED_VERSION}-${platform}-${arch}`
  return join(cacheFolder(env), folder, binaryName(platform))
}

/**
 * Puts a k6 into the cache. It is made in a folder of its own beside the target, must answer with
 * the pinned version, and is then renamed, so that nobody ever sees half a file. Of two installs at
 * once both succeed. Whatever goes wrong, the temporary folder is gone afterwards.
 *
 * @param make puts a binary into the folder it is given and returns its path
 */
export async function installAtomically(
  context: K6Context,
  make: (folder: string) => Promise<string>,
): Promise<K6Binary> {
  const cache = cacheFolder(context.env)
  try {
    await mkdir(cache, { recursive: true })
    await removeStaleInstalls(cache)
    const folder = await mkdtemp(join(cache, TEMPORARY))
    try {
      return await moveIntoPlace(await make(folder), context)
    } finally {
      // A compiler that was told to stop may still be closing its files.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  } catch (error) {
    throw isDiskError(error) ? cacheUnwritable(cache, error) : error
  }
}

async function moveIntoPlace(made: string, context: K6Context): Promise<K6Binary> {
  const answer = await k6Version(made, context)
  if ('problem' in answer) throw k6NotRunnable(dirname(made), answer.problem)
  if (answer.version !== PINNED_VERSION) {
    throw k6NotRunnable(dirname(made), `it is ${answer.version}, not ${PINNED_VERSION}`)
  }

  const target = cachedK6Path(context)
  // Another install may have finished first, and its k6 may be running: Windows cannot replace it.
  if (!('version' in (await k6Version(target, context)))) {
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
