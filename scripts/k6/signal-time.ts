// k6 listens to signals from when it makes its users until its load is over (v2.2.0, internal/cmd/run.go). Before
// and after, one kills it like any program: its last samples and its summary are lost then.
import { setTimeout } from 'node:timers/promises'
import { K6_STATUS, openK6Api } from './k6-api.ts'

export interface SignalTime {
  /** Of k6's API on 127.0.0.1. */
  port: number
  /** It has printed how its load goes. */
  hasBegun: () => boolean
  /** Aborted when k6 has ended. */
  ended: AbortSignal
}

const ASK_EVERY_MS = 50

/** A k6 under load that does not answer in this time is busy. */
const BUSY_MS = 2_000

/** One that has not begun by then may never do so. */
const START_MS = 30_000

/**
 * Waits until k6 would take a signal as the wish to stop.
 *
 * @returns false where its load is over: it ends by itself then, and needs no signal
 */
export async function waitForSignalTime({ port, hasBegun, ended }: SignalTime): Promise<boolean> {
  const api = openK6Api(port)
  const sinceMs = performance.now()
  while (!ended.aborted) {
    const status = await api.status(ended).catch(isRefused)
    // Its API comes before its load and goes after it.
    if (status === 'refused' && hasBegun()) return false
    if (typeof status === 'number' && status >= K6_STATUS.ended) return false
    if (typeof status === 'number' && status >= K6_STATUS.initVUs) return true
    const waitedMs = performance.now() - sinceMs
    if (waitedMs > (hasBegun() ? BUSY_MS : START_MS)) return true
    await setTimeout(ASK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined)
  }
  return false
}

function isRefused(error: unknown): 'refused' | 'silent' {
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code === 'ECONNREFUSED' ? 'refused' : 'silent'
}
