import { type Attempt, isSkipped, type K6Binary } from './attempt.ts'
import { k6InstallInterrupted, k6NotFound } from './errors.ts'
import { k6FromVariable, k6InCache, k6OnPath } from './installed-k6.ts'
import type { K6Context } from './k6-context.ts'

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
