import { setTimeout as sleep } from 'node:timers/promises'

const INTERVAL_MS = 200

const ANSWER_TIMEOUT_MS = 2_000

export interface Waiting {
  /** Answers 200 when it is ready. */
  url: string
  deadlineMs: number
  stop: AbortSignal
  /** Told now and then, with the seconds that went by. */
  onWait: (seconds: number) => void
}

/** Asks until it answers 200. False when the deadline came, or the wish to stop, first. */
export async function becomesReady({ url, deadlineMs, stop, onWait }: Waiting): Promise<boolean> {
  const startMs = performance.now()
  while (!stop.aborted && performance.now() - startMs < deadlineMs) {
    if (await answers(url)) return true
    onWait(Math.round((performance.now() - startMs) / 1_000))
    await sleep(INTERVAL_MS)
  }
  return false
}

/** Whether a GET of it gives 200 now. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      redirect: 'manual',
    })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
