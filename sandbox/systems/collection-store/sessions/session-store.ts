import { createHash, randomBytes } from 'node:crypto'
import type { PooledSqlite } from '../../../pooled-sqlite.ts'

/** The tokens of a session; the database stores only digests of them. */
export interface SessionTokens {
  session_token: string
  refresh_token: string
  /** Seconds until the session ends. */
  expires_in: number
}

/** A session that has not ended. */
export interface OpenSession {
  username: string
  ends_at: string
  refreshes: number
}

const SCHEMA = `
  CREATE TABLE store_sessions (
    token_digest TEXT PRIMARY KEY, refresh_digest TEXT NOT NULL UNIQUE, username TEXT NOT NULL,
    ends_at TEXT NOT NULL, refreshes INTEGER NOT NULL
  );
  CREATE INDEX store_sessions_by_end ON store_sessions (ends_at);`

/** Sessions that can be ended before they expire, unlike signed tokens. */
export class SessionStore {
  readonly #database: PooledSqlite
  readonly #seconds: number
  readonly #queries: ReturnType<typeof queriesOf>

  constructor(database: PooledSqlite, seconds: number) {
    database.createTables(SCHEMA)
    this.#database = database
    this.#seconds = seconds
    this.#queries = queriesOf(database)
  }

  /** Begins a session, and removes those that have ended. */
  async begin(username: string): Promise<SessionTokens> {
    const { removeEnded, add } = this.#queries
    const { tokens, row } = this.#issue()
    await this.#database.transaction((transaction) => {
      transaction.run(removeEnded, [[timeIn(0)]])
      transaction.run(add, [[...row, username]])
    })
    return tokens
  }

  /** The session of a token; undefined when there is none, or it has ended. */
  async find(token: string): Promise<OpenSession | undefined> {
    const [session] = await this.#database.all<OpenSession>(
      this.#queries.find,
      digestOf(token),
      timeIn(0),
    )
    return session
  }

  /** Gives the session new tokens and a later end; both old tokens become invalid. */
  async refresh(refreshToken: string): Promise<SessionTokens | undefined> {
    const { tokens, row } = this.#issue()
    const { refresh } = this.#queries
    const old = [digestOf(refreshToken), timeIn(0)]
    return (await this.#database.run(refresh, ...row, ...old)) > 0 ? tokens : undefined
  }

  /** @returns false when there was no such session */
  async end(token: string): Promise<boolean> {
    return (await this.#database.run(this.#queries.end, digestOf(token))) > 0
  }

  /** Sessions that are stored, ended ones included. */
  async count(): Promise<number> {
    const [row] = await this.#database.all<{ rows: number }>(this.#queries.count)
    return row?.rows ?? 0
  }

  #issue() {
    const tokens = {
      session_token: randomBytes(24).toString('base64url'),
      refresh_token: randomBytes(24).toString('base64url'),
      expires_in: this.#seconds,
    }
    const digests = [digestOf(tokens.session_token), digestOf(tokens.refresh_token)]
    return { tokens, row: [...digests, timeIn(this.#seconds)] }
  }
}

function queriesOf(database: PooledSqlite) {
  return {
    removeEnded: database.prepare('DELETE FROM store_sessions WHERE ends_at <= ?'),
    add: database.prepare(
      `INSERT INTO store_sessions (token_digest, refresh_digest, ends_at, username, refreshes)
       VALUES (?, ?, ?, ?, 0)`,
    ),
    find: database.prepare(
      'SELECT username, ends_at, refreshes FROM store_sessions WHERE token_digest = ? AND ends_at > ?',
    ),
    refresh: database.prepare(
      `UPDATE store_sessions
       SET token_digest = ?, refresh_digest = ?, ends_at = ?, refreshes = refreshes + 1
       WHERE refresh_digest = ? AND ends_at > ?`,
    ),
    end: database.prepare('DELETE FROM store_sessions WHERE token_digest = ?'),
    count: database.prepare('SELECT count(*) AS rows FROM store_sessions'),
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function timeIn(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString()
}
