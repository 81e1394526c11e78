import { prometheusRefuses, prometheusUnreachable } from './errors.ts'
import { type Receiver, remoteWrite } from './remote-write.ts'
import type { Series } from './write-request.ts'

const ANSWER_TIMEOUT_MS = 5_000

/**
 * Makes sure, before there is any load, that a receiver takes what the run is going to write. k6 would
 * log each refusal and end with 0.
 *
 * @throws ToolkitError when it does not answer, or refuses a write or native histograms
 */
export async function requireReceiver(
  receiver: Receiver,
  { testid, native }: { testid: string; native: boolean },
): Promise<void> {
  const result = await remoteWrite(receiver, native ? [probe(testid)] : [], {
    timeoutMs: ANSWER_TIMEOUT_MS,
  })
  if (result.isAccepted) return
  const { status, reason } = result
  if (status === undefined) throw prometheusUnreachable(receiver.url, reason)
  throw prometheusRefuses(receiver.url, status, reason)
}

// Nothing but a histogram says whether histograms are taken.
function probe(testid: string): Series {
  const labels = { __name__: 'k6_verdict_native_histogram_probe', testid }
  return { labels, samples: [], emptyHistogramAtMs: Date.now() }
}
