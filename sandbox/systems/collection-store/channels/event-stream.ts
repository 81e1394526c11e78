import type { ChannelHub, ChannelMessage } from './channel-hub.ts'

/** The messages of an event stream, and its end. */
export interface EventStreamOptions {
  /** Begins with the message after this one. */
  after: number
  /** Ends after this many messages. */
  limit: number
  /** Ends when no message came for this long. */
  waitMs: number
}

/** Server-sent events: kept messages first, then new ones as soon as they are published. */
export async function* eventStream(
  hub: ChannelHub,
  channel: string,
  { after, limit, waitMs }: EventStreamOptions,
): AsyncGenerator<string> {
  const queue: ChannelMessage[] = []
  let wake = (): void => undefined
  const unsubscribe = hub.subscribe(channel, (message) => {
    // A client that does not read would let the queue grow.
    if (message.sequence <= after || queue.length >= limit) return
    queue.push(message)
    wake()
  })
  // Nothing can be published between these two lines.
  queue.unshift(...hub.since(channel, after))
  try {
    for (let left = limit; left > 0; left--) {
      if (queue.length === 0) await within(waitMs, (resolve) => (wake = resolve))
      const message = queue.shift()
      if (!message) break
      yield eventOf(message)
    }
    yield 'event: end\ndata: {}\n\n'
  } finally {
    unsubscribe()
  }
}

function within(ms: number, wait: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    wait(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** JSON has no line break in it, so one data line is enough. */
function eventOf(message: ChannelMessage): string {
  return `id: ${message.sequence}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`
}
