const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm and the terminal both pass a Ctrl+C on: signals within this time are one. */
const SAME_INTERRUPT_MS = 1_000

/**
 * A signal for what must be done whatever was stopped: aborted by a Ctrl+C that comes while it is done, and after the
 * one that stopped all else.
 *
 * @param stop aborted by the first Ctrl+C
 */
export function nextInterrupt(stop: AbortSignal): { signal: AbortSignal; close: () => void } {
  const next = new AbortController()
  const sinceMs = Date.now()
  let isStopped = stop.aborted
  const onSignal = (): void => {
    // The first one of all is heard by others: the cleanup goes on.
    if (isStopped && Date.now() - sinceMs > SAME_INTERRUPT_MS) next.abort()
    isStopped = true
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  const close = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  return { signal: next.signal, close }
}
