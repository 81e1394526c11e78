import { LRUCache } from 'lru-cache'
import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'

/** A session and its user. */
export interface McpSession {
  userId: number
  transport: StreamableHTTPServerTransport
}

// Enough for a thousand VUs, and for sessions that an earlier run did not end.
const SESSIONS_MAX = 2_000

/** Open sessions. One that is idle for too long ends, and so does the least recently used one of too many. */
export class McpSessions {
  readonly #sessions: LRUCache<string, McpSession>

  constructor(idleSeconds: number) {
    this.#sessions = new LRUCache<string, McpSession>({
      max: SESSIONS_MAX,
      ttl: idleSeconds * 1_000,
      updateAgeOnGet: true,
      dispose: ({ transport }) => void transport.close(),
    })
  }

  get size(): number {
    return this.#sessions.size
  }

  add(id: string, session: McpSession): void {
    this.#sessions.set(id, session)
  }

  /** The session of that id, if it belongs to the user. */
  find(id: string, userId: number): McpSession | undefined {
    const session = this.#sessions.get(id)
    return session?.userId === userId ? session : undefined
  }

  end(id: string): void {
    this.#sessions.delete(id)
  }

  close(): void {
    this.#sessions.clear()
  }
}
