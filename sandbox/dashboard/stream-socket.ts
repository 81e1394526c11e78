/** What the stream needs of a WebSocket of the package ws, which brings no types. */
export interface StreamSocket {
  readonly readyState: number
  /** Bytes that the client has not taken yet. */
  readonly bufferedAmount: number
  send: (text: string) => void
  close: (code: number, reason: string) => void
  terminate: () => void
  once: (event: 'close', listener: () => void) => unknown
}

/** `readyState` of a socket that can send (RFC 6455 calls it OPEN). */
export const SOCKET_OPEN = 1

/** Reasons to end a stream: RFC 6455 section 7.4.1 and its registry at IANA. */
export const CLOSE = {
  goingAway: [1001, 'going away'],
  internalError: [1011, 'internal error'],
  serviceRestart: [1012, 'service restart'],
  tryAgainLater: [1013, 'updates were not read'],
} as const
