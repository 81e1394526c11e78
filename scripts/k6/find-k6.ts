import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { absent, type Attempt, isSkipped, type K6Binary, skip } from './attempt.ts'
import { k6BinUnusable, k6InstallInterrupted, k6NotFound } from './errors.ts'
import type { K6Context } from './k6-context.ts'
import { cachedK6Path } from './cache.ts'
import { executableOnPath } from './executable-on-path.ts'
import { isSupported, k6Version } from './k6-version.ts'

/** Which of the five ways gave k6. */
export type K6Source = 'K6_BIN' | 'PATH' | 'cache' | 'download' | 'go build'

/** The k6 to use. */
export interface FoundK6 extends K6Binary {
  source: K6Source
}

type Ways = [source: K6Source, attempt: (context: K6Context) => Promise<Attempt>][]

const INSTALLED: Ways = [
  ['K6_BIN', k6FromVariable],
  ['PATH', k6OnPath],
  ['cache', k6InCache],
]

// Loaded when it comes to that: with a k6 at hand, no run waits for what unpacks archives.
const INSTALLS: Ways = [
  ['download', async (context) => (await import('./download-release.ts')).downloadRelease(context)],
  [
    'go build',
    async (context) => (await import('./build-from-source.ts')).buildFromSource(context),
  ],
]

/**
 * The first k6 that works, installed if need be, and says in one line which. Throws a ToolkitError
 * when K6_BIN is unusable, when a download is not what it should be, or when no way is left.
 */
export async function findK6(context: K6Context): Promise<FoundK6> {
  try {
    const found = await firstThatWorks([...INSTALLED, ...INSTALLS], context)
    if (Array.isArray(found)) throw k6NotFound(found)
    context.say(`using k6 ${found.version} (${found.source}): ${found.path}`)
    return found
  } catch (error) {
    throw context.signal?.aborted ? k6InstallInterrupted(error) : error
  }
}

/** The same without installing anything: the k6 that is there, or why none is. */
export function findInstalledK6(context: K6Context): Promise<FoundK6 | string[]> {
  return firstThatWorks(INSTALLED, context)
}

async function firstThatWorks(ways: Ways, context: K6Context): Promise<FoundK6 | string[]> {
  const reasons: string[] = []
  for (const [source, attempt] of ways) {
    const result = await attempt(context)
    context.signal?.throwIfAborted()
    if (!isSkipped(result)) return { ...result, source }

    if (!result.expected) context.say(`skipped ${source}: ${result.skipped}`)
    reasons.push(`${source}: ${result.skipped}`)
  }
  return reasons
}

/** The k6 the user named. It works or it is an error. */
export async function k6FromVariable(context: K6Context): Promise<Attempt> {
  const given = context.env['K6_BIN']
  if (!given) return absent('K6_BIN is not set')

  const path = resolve(given)
  if (!(await exists(path))) throw k6BinUnusable(path, 'there is no such file')
  const attempt = await tryBinary(path, context)
  if ('problem' in attempt) throw k6BinUnusable(path, attempt.problem)
  return attempt
}

/** The k6 the user has installed, unless it is too old or too new to drive. */
export async function k6OnPath(context: K6Context): Promise<Attempt> {
  const path = await executableOnPath('k6', context)
  if (path === undefined) return absent('there is no k6 on PATH')

  const attempt = await tryBinary(path, context)
  return 'problem' in attempt ? skip(`${path} ${attempt.problem}`) : attempt
}

/** The k6 that an earlier run downloaded or built. */
export async function k6InCache(context: K6Context): Promise<Attempt> {
  const path = cachedK6Path(context)
  if (!(await exists(path))) return absent(`there is no ${path}`)

  const attempt = await tryBinary(path, context)
  return 'problem' in attempt ? skip(`${path} ${attempt.problem}`) : attempt
}

async function tryBinary(
  path: string,
  context: K6Context,
): Promise<{ path: string; version: string } | { problem: string }> {
  const answer = await k6Version(path, context)
  if ('problem' in answer) return answer
  if (isSupported(answer.version)) return { path, version: answer.version }
  return { problem: `is ${answer.version}, and this project needs >= 2.0 and < 3` }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
