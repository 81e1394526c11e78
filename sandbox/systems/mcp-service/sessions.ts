import { LRUCache } from 'lru-cache'
import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'

/** A session and whose it is. */
export interface McpSession {
  userId: number
  transport: StreamableHTTPServerTransport
}

// Of a thousand VUs each has one, and those of an earlier run need not have ended.
const SESSIONS_MAX = 2_000

/** The sessions there are. One that is silent for too long, or one of too many, ends. */
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

  /** Nobody finds a session of another user. */
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
