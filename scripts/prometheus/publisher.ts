import { setTimeout } from 'node:timers/promises'
import { createTimeline, type Gauge, seriesOf } from './series-timeline.ts'
import { type Receiver, remoteWrite } from './remote-write.ts'
import type { Series } from './write-request.ts'

export interface PublisherSettings {
  receiver: Receiver
  /** On every series. */
  labels: Record<string, string>
  intervalMs: number
  /** What is true now; asked at each push. */
  gauges: (nowMs: number) => Gauge[]
}

/** Pushes that were due, and those of them that never arrived. */
export interface PushCount {
  due: number
  lost: number
}

/** Pushes the state of a run until it ends. Nothing that fails here reaches the run. */
export interface Publisher {
  /** Pushes once more, ends every series, and pushes no more. */
  end(): Promise<void>
  /** Pushes what stays, after the run: tried again, as nothing comes after it. */
  last(gauges: readonly Gauge[]): Promise<void>
  count(): PushCount
}

/** As long as k6 gives it. */
const TIMEOUT_MS = 5_000

/** At the end somebody waits for the verdict. */
const LAST_TIMEOUT_MS = 2_000
const LAST_ATTEMPTS = 2
const LAST_PAUSE_MS = 1_000

/** Begins to push, at once and then every interval. */
export function startPublisher(settings: PublisherSettings): Publisher {
  const { receiver, labels, intervalMs, gauges } = settings
  const count: PushCount = { due: 0, lost: 0 }
  const timeline = createTimeline(labels, intervalMs)
  const ending = new AbortController()
  let pushing: Promise<void> | undefined
  let isReceiverLost = false

  const pushNow = async (): Promise<void> => {
    const nowMs = Date.now()
    const push = timeline.next(gauges(nowMs), nowMs)
    const limits = { timeoutMs: TIMEOUT_MS, signal: ending.signal }
    const { isAccepted } = await remoteWrite(receiver, push.series, limits)
    if (isAccepted) push.accepted()
    else count.lost += 1
  }
  const tick = (): void => {
    count.due += 1
    // The one before still waits for its answer: its place is lost, the next one has the newer state.
    if (pushing) count.lost += 1
    else pushing = pushNow().finally(() => (pushing = undefined))
  }
  const pushLast = async (series: readonly Series[]): Promise<void> => {
    count.due += 1
    const attempts = isReceiverLost ? 1 : LAST_ATTEMPTS
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { isAccepted } = await remoteWrite(receiver, series, { timeoutMs: LAST_TIMEOUT_MS })
      isReceiverLost = !isAccepted
      if (isAccepted) return
      if (attempt < attempts) await setTimeout(LAST_PAUSE_MS)
    }
    count.lost += 1
  }
  const timer = setInterval(tick, intervalMs)
  tick()
  return {
    async end() {
      clearInterval(timer)
      // What it carries is in the next one too.
      ending.abort()
      await pushing
      const nowMs = Date.now()
      await pushLast(timeline.end(gauges(nowMs), nowMs))
    },
    last(final) {
      const atMs = Date.now()
      return pushLast(final.map((gauge) => seriesOf(labels, gauge, [{ value: gauge.value, atMs }])))
    },
    count: () => ({ ...count }),
  }
}
