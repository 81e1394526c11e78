/** The WebSocket of a channel. */
export const LIVE = '/v1/store/channels/:channel/live'

export interface Subscribed {
  type: 'subscribed'
  channel: string
  /** WebSockets that the server has open. */
  connections: number
}

export interface ChannelMessage {
  type: 'message'
  sequence: number
  id: number
  text: string
}

export const isSubscribed = ({ type }: { type: string }): boolean => type === 'subscribed'

/** Characters of a message, from a short line to as much as a frame of the sandbox may have. */
const CHARACTERS = [80, 600, 3_000] as const

/** Text of the nth message; sizes take turns. */
export const messageText = (number: number): string => {
  const text = `message ${number} `
  const characters = CHARACTERS[number % CHARACTERS.length] ?? 0
  return text.repeat(Math.ceil(characters / text.length)).slice(0, characters)
}

const SHARED_CHANNELS = 20

/** A channel that the user shares with some others. */
export const sharedChannel = (user: number): string => `shared-${user % SHARED_CHANNELS}`

/** The channel of one user, over which the user's tabs are synchronised. */
export const ownChannel = (user: number): string => `user-${user}`
