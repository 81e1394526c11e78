/** Ctrl+C, heard from before the first thing is started until the last one has ended. */
export interface Interrupts {
  /** Aborted by the first Ctrl+C: end cleanly. */
  stop: AbortSignal
  /** Aborted by the second one: end at once. */
  kill: AbortSignal
  /** Gives Ctrl+C back to the system. */
  close: () => void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm and the terminal both pass a Ctrl+C on: signals within this time are one. */
const SAME_INTERRUPT_MS = 1_000

/**
 * Listens for SIGINT, SIGTERM and SIGHUP (the terminal was closed) in place of the default, which is to die and
 * leave things behind.
 */
export function listenForInterrupts(): Interrupts {
  const stop = new AbortController()
  const kill = new AbortController()
  let stoppedAtMs = 0
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      stoppedAtMs = Date.now()
      stop.abort()
    } else if (Date.now() - stoppedAtMs > SAME_INTERRUPT_MS) kill.abort()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  const close = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  return { stop: stop.signal, kill: kill.signal, close }
}

/**
 * A signal for what has to be done even after a stop: aborted by a further Ctrl+C while it is being done.
 */
export function nextInterrupt(stop: AbortSignal): { signal: AbortSignal; close: () => void } {
  const next = new AbortController()
  const sinceMs = Date.now()
  let isStopped = stop.aborted
  const onSignal = (): void => {
    // Others listen for the first one.
    if (isStopped && Date.now() - sinceMs > SAME_INTERRUPT_MS) next.abort()
    isStopped = true
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  const close = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  return { signal: next.signal, close }
}
