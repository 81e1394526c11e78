import { FifoGate } from './fifo-gate.ts'
import { createRandom, lognormal } from './random.ts'
import type { SandboxSettings } from './settings.ts'
import { sleep } from './sleep.ts'

/** Calls running and calls waiting now. */
export interface ModelState {
  running: number
  queued: number
}

/** A language model that takes its time: lognormal latency, bounded concurrency, a FIFO queue. */
export class Model {
  readonly #random
  readonly #sigma: number
  readonly #slowdown: number
  readonly #gate: FifoGate

  constructor(settings: SandboxSettings, observeWait: (waitSeconds: number) => void) {
    this.#random = createRandom(settings.seed)
    this.#sigma = settings.modelSigma
    this.#slowdown = 1 + settings.workerContention * (settings.workers - 1)
    this.#gate = new FifoGate({
      name: 'model_queue',
      slots: settings.modelConcurrency,
      waitersMax: settings.modelQueueMax,
      timeoutMs: settings.modelQueueTimeoutMs,
      observeWait,
    })
  }

  get state(): ModelState {
    return { running: this.#gate.inside, queued: this.#gate.waiting }
  }

  /**
   * One call.
   *
   * @returns its latency in milliseconds, without the wait in the queue
   * @throws ApiError 503 when the queue is full or the wait too long
   */
  async call(medianMs: number): Promise<number> {
    await this.#gate.enter()
    try {
      const median = medianMs * this.#slowdown
      const latencyMs = lognormal(this.#random, { median, sigma: this.#sigma })
      if (latencyMs > 0) await sleep(latencyMs)
      return Math.round(latencyMs * 10) / 10
    } finally {
      this.#gate.leave()
    }
  }
}
