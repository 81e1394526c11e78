import { setTimeout } from 'node:timers/promises'

/** How far the clock of a server is ahead of this machine's, and how far that may be wrong. */
export interface ClockOffset {
  offsetMs: number
  errorMs: number
}

/** Each look halves what a header with whole seconds leaves open. */
const LOOKS = 6

const TIMEOUT_MS = 3_000

/**
 * Reads a server's clock from the Date header of its answers (RFC 9110, 6.6.1). All machines of a load
 * see the same server, so this tells how far their own clocks are apart, which their start times cannot:
 * each of them begins on time by its own clock.
 *
 * @returns undefined when the server does not answer, or without a date
 */
export async function clockOffset(url: string): Promise<ClockOffset | undefined> {
  let [low, high] = [-Infinity, Infinity]
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await setTimeout(msToChange((low + high) / 2))
    const seen = await dateOf(url)
    if (!seen) return undefined
    const { sentMs, receivedMs, dateMs } = seen
    // At some moment in between the server's clock stood within that second.
    const from = dateMs - receivedMs
    const to = dateMs + 1_000 - sentMs
    // A server of several machines may have several clocks.
    if (from > high || to < low) return undefined
    low = Math.max(low, from)
    high = Math.min(high, to)
  }
  return { offsetMs: (low + high) / 2, errorMs: (high - low) / 2 }
}

/** Until the server's clock, if it is so far ahead, comes to its next whole second. */
function msToChange(offsetMs: number): number {
  const serverMs = Date.now() + offsetMs
  return Math.ceil(serverMs / 1_000) * 1_000 - serverMs
}

async function dateOf(url: string) {
  try {
    const sentMs = Date.now()
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { redirect: 'manual', signal })
    const receivedMs = Date.now()
    await response.body?.cancel()
    const dateMs = Date.parse(response.headers.get('date') ?? '')
    return Number.isNaN(dateMs) ? undefined : { sentMs, receivedMs, dateMs }
  } catch {
    return undefined
  }
}
