import { ApiError } from './api-error.ts'

/** Limits of a gate, and a callback with how long each caller waited. */
export interface GateOptions {
  /** Prefix of the error codes: `<name>_full` and `<name>_timeout`. */
  name: string
  /** Callers inside at once. */
  slots: number
  /** Callers waiting at once. */
  waitersMax: number
  timeoutMs: number
  /** Told for every caller let in, 0 included. */
  observeWait?: (waitSeconds: number) => void
}

interface Waiter {
  enter: () => void
  sinceMs: number
  timer: NodeJS.Timeout
}

/** Lets `slots` callers in at once; the others wait in order of arrival, bounded in number and time. */
export class FifoGate {
  readonly #options: GateOptions
  // A Set keeps the order of arrival and lets a waiter that timed out leave the middle cheaply.
  readonly #waiters = new Set<Waiter>()
  #inside = 0

  constructor(options: GateOptions) {
    this.#options = options
  }

  /** Callers inside now. */
  get inside(): number {
    return this.#inside
  }

  /** Callers waiting now. */
  get waiting(): number {
    return this.#waiters.size
  }

  /**
   * Waits for a slot. Each call that resolves needs one `leave()`.
   *
   * @throws ApiError 503 at once when the queue is full, or after `timeoutMs`
   */
  enter(): Promise<void> {
    const { name, slots, waitersMax, observeWait } = this.#options
    if (this.#inside < slots) {
      this.#inside++
      observeWait?.(0)
      return Promise.resolve()
    }
    if (this.#waiters.size >= waitersMax) {
      const message = `Expected at most ${waitersMax} waiting for ${name}, and all those places are taken`
      return Promise.reject(new ApiError(503, `${name}_full`, message))
    }
    return this.#wait()
  }

  /** Gives the slot to the longest waiting caller, or frees it. */
  leave(): void {
    const [next] = this.#waiters
    if (next === undefined) {
      this.#inside--
      return
    }
    clearTimeout(next.timer)
    this.#waiters.delete(next)
    this.#options.observeWait?.((performance.now() - next.sinceMs) / 1_000)
    next.enter()
  }

  #wait(): Promise<void> {
    const { name, timeoutMs } = this.#options
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter)
        const message = `Waited ${timeoutMs} ms for ${name}`
        reject(new ApiError(503, `${name}_timeout`, message))
      }, timeoutMs)
      const waiter = { enter: resolve, sinceMs: performance.now(), timer }
      this.#waiters.add(waiter)
    })
  }
}
