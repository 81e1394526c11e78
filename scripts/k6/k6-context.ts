import { join } from 'node:path'
import { PINNED_SHA256 } from './k6-version.ts'
import { findK6, type FoundK6 } from './find-k6.ts'
import { endProgress, progress, say } from '../core/console.ts'

/** Everything that finding and installing k6 touches, passed in so that tests need no mocks. */
export interface K6Context {
  env: NodeJS.ProcessEnv
  /** Prints a line that stays. */
  say: (line: string) => void
  /** Shows a line that the next one replaces: at most one a second, none in the first two. */
  progress: (line: string) => void
  /** Ends a download or a build; nothing is left behind. */
  signal: AbortSignal | undefined
  platform: NodeJS.Platform
  arch: string
  /** SHA-256 by archive name; an archive not named here is checked against the release's own list. */
  pinnedSha256: Readonly<Record<string, string>>
  /** The Go module that pins k6. */
  moduleFolder: string
  /** How long a server may take to begin its answer. */
  answerTimeoutMs: number
  /** How long a download may stand still. */
  idleTimeoutMs: number
}

export type K6Settings = Pick<K6Context, 'env' | 'say' | 'progress'> & Partial<K6Context>

/** Fills in what the caller left out with what holds on this machine. */
export function k6Context(settings: K6Settings): K6Context {
  return {
    signal: undefined,
    platform: process.platform,
    arch: process.arch,
    pinnedSha256: PINNED_SHA256,
    moduleFolder: join(import.meta.dirname, '../../tools/k6'),
    answerTimeoutMs: 5_000,
    idleTimeoutMs: 30_000,
    ...settings,
  }
}

/**
 * The k6 that says a run's plan and then makes its load, installed if need be.
 *
 * @throws ToolkitError when none can be had
 */
export async function readyK6(signal?: AbortSignal): Promise<FoundK6> {
  try {
    return await findK6(k6Context({ env: process.env, say, progress, signal }))
  } finally {
    endProgress()
  }
}
