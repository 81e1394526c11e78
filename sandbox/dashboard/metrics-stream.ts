import type { Metrics } from '../metrics.ts'
import type { SandboxSettings } from '../settings.ts'
import { LongWork } from './event-loop.ts'
import type { MetricsQuery } from './metrics-query.ts'
import { StreamChannel, type StreamClient } from './stream-channel.ts'
import { CLOSE, SOCKET_OPEN, type StreamSocket } from './stream-socket.ts'
import type { Summaries } from './summaries.ts'

interface Parts {
  settings: Pick<SandboxSettings, 'streamIntervalMs' | 'streamDropEvery'>
  summaries: Summaries
  metrics: Pick<Metrics, 'streamUpdates'>
}

/** Streams at once; the next one is refused. */
export const STREAM_CLIENTS_MAX = 10_000

// Dozens of updates; the kernel holds some megabytes more before this begins to fill.
const BUFFERED_BYTES_MAX = 65_536

// A first update may be as old as this, so that clients who come together share it.
const FIRST_UPDATE_AGE_MS = 1_000

// How long a closing sandbox waits for its clients to say goodbye.
const CLOSE_TIMEOUT_MS = 500

/** Sends summaries to sockets: one timer for all, one computation for each filter. */
export class MetricsStream {
  readonly #parts: Parts
  readonly #channels = new Map<string, StreamChannel>()
  readonly #clients = new Set<StreamClient>()
  #timer: NodeJS.Timeout | undefined
  #opened = 0
  #beating = false
  #closed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Streams open now. */
  get clients(): number {
    return this.#clients.size
  }

  /** Sends a first update at once, and one with every beat until the socket closes. */
  async add(socket: StreamSocket, query: MetricsQuery): Promise<void> {
    if (this.#closed) {
      socket.close(...CLOSE.goingAway)
      return
    }
    const { streamIntervalMs, streamDropEvery } = this.#parts.settings
    const client = { socket, sequence: 0 }
    const channel = this.#join(client, query)
    const isDropped = streamDropEvery > 0 && ++this.#opened % streamDropEvery === 0

    try {
      this.#send(client, await channel.update(Math.min(FIRST_UPDATE_AGE_MS, streamIntervalMs)))
      if (isDropped) socket.close(...CLOSE.serviceRestart)
    } catch {
      socket.close(...CLOSE.internalError)
    }
  }

  /** Ends all streams; clients that do not answer are cut off. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    const open = [...this.#clients].map(({ socket }) => socket)
    const ended = open.map((socket) => new Promise<void>((end) => socket.once('close', end)))
    for (const socket of open) socket.close(...CLOSE.goingAway)
    const cutOff = setTimeout(() => open.forEach((socket) => socket.terminate()), CLOSE_TIMEOUT_MS)
    await Promise.all(ended)
    clearTimeout(cutOff)
  }

  #join(client: StreamClient, query: MetricsQuery): StreamChannel {
    const { settings, summaries } = this.#parts
    const key = `${query.technique ?? ''},${query.segment ?? ''}`
    const channel =
      this.#channels.get(key) ?? new StreamChannel(query, summaries, settings.streamIntervalMs)
    this.#channels.set(key, channel)
    channel.clients.add(client)
    this.#clients.add(client)
    this.#timer ??= setInterval(() => void this.#beat(), settings.streamIntervalMs)

    client.socket.once('close', () => {
      this.#clients.delete(client)
      channel.clients.delete(client)
      if (channel.clients.size === 0) this.#channels.delete(key)
      if (this.#clients.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    })
    return channel
  }

  async #beat(): Promise<void> {
    // Under overload a computation may outlast the interval; a second one would not help.
    if (this.#beating) return
    this.#beating = true
    const work = new LongWork()
    for (const channel of this.#channels.values()) await this.#broadcast(channel, work)
    this.#beating = false
  }

  async #broadcast(channel: StreamChannel, work: LongWork): Promise<void> {
    const update = await channel.update(0).catch(() => undefined)
    for (const client of channel.clients) {
      await work.breathe()
      // Who has just come gets its first update from `add`.
      if (client.sequence === 0) continue
      if (update === undefined) client.socket.close(...CLOSE.internalError)
      else this.#send(client, update)
    }
  }

  #send(client: StreamClient, update: string): void {
    const { socket } = client
    if (socket.readyState !== SOCKET_OPEN) return
    if (socket.bufferedAmount > BUFFERED_BYTES_MAX) {
      socket.close(...CLOSE.tryAgainLater)
      return
    }
    socket.send(`{"sequence":${++client.sequence},${update}`)
    this.#parts.metrics.streamUpdates.inc()
  }
}
