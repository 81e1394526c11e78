import { EventEmitter } from 'node:events'
import { LRUCache } from 'lru-cache'

/** A message to the subscribers of a channel; numbered from 1 in each channel, without gaps. */
export interface ChannelMessage {
  sequence: number
  from: number
  /** Set by the sender, to recognise its own message. */
  id: number
  text: string
}

interface Channel {
  sequence: number
  /** The last messages, oldest first. */
  recent: ChannelMessage[]
}

const RECENT_MAX = 100
// When there are too many channels, or too much text in them, the one that was quiet longest is forgotten.
const CHANNELS_MAX = 10_000
const CHARACTERS_MAX = 50_000_000

/** Channels of messages: a subscriber gets every message published after it has subscribed. */
export class ChannelHub {
  readonly #channels
  readonly #published = new EventEmitter()

  constructor(charactersMax = CHARACTERS_MAX) {
    this.#channels = new LRUCache<string, Channel>({
      max: CHANNELS_MAX,
      maxSize: charactersMax,
      sizeCalculation: ({ recent }) => 1 + recent.reduce((sum, { text }) => sum + text.length, 0),
    })
    // One channel may have many subscribers.
    this.#published.setMaxListeners(0)
  }

  /** Numbers a message, keeps it and sends it to all subscribers of the channel. */
  publish(name: string, message: Omit<ChannelMessage, 'sequence'>): ChannelMessage {
    const { sequence, recent } = this.#channels.get(name) ?? { sequence: 0, recent: [] }
    const numbered = { sequence: sequence + 1, ...message }
    // A new object, as the cache measures an object once.
    const kept = [...recent, numbered].slice(-RECENT_MAX)
    this.#channels.set(name, { sequence: numbered.sequence, recent: kept })
    this.#published.emit(eventOf(name), numbered)
    return numbered
  }

  /** Calls back for each message until the returned function is called. */
  subscribe(name: string, onMessage: (message: ChannelMessage) => void): () => void {
    this.#published.on(eventOf(name), onMessage)
    return () => this.#published.off(eventOf(name), onMessage)
  }

  /** Number of subscribers of a channel. */
  subscribers(name: string): number {
    return this.#published.listenerCount(eventOf(name))
  }

  /** Kept messages after a sequence number, oldest first. */
  since(name: string, sequence: number): ChannelMessage[] {
    const { recent = [] } = this.#channels.get(name) ?? {}
    return recent.filter((message) => message.sequence > sequence)
  }
}

/** Never a name that Node gives a meaning, such as "error", whatever a channel is called. */
function eventOf(name: string): string {
  return `published ${name}`
}
