/** The route of the connection, and what the server says over it. */
export const LIVE = '/v1/live'

export interface Enhanced {
  id: number
  type: 'enhanced' | 'error'
  result?: { technique: string; enhanced_prompt: string }
}

export interface Subscribed {
  id: number
  type: 'subscribed' | 'error'
}

export interface Update {
  type: 'load'
  sequence: number
  running: number
  queued: number
}
