import type { PooledSqlite } from '../../pooled-sqlite.ts'

/** The status of a document, which passes from one to the next. */
export type Status = 'validated' | 'approved' | 'enhanced'

export interface StoredValidation {
  content: string
  status: Status
}

const SCHEMA = `
  CREATE TABLE validations (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, content TEXT NOT NULL, status TEXT NOT NULL,
    created_at TEXT NOT NULL
  );`

/** Documents and their status. Every write is committed when its promise resolves. */
export class ValidationStore {
  readonly #database: PooledSqlite
  readonly #queries: ReturnType<typeof queriesOf>
  #lastId = 0

  constructor(database: PooledSqlite) {
    database.createTables(SCHEMA)
    this.#database = database
    this.#queries = queriesOf(database)
  }

  /** @returns the id */
  async add(userId: number, content: string): Promise<number> {
    const id = ++this.#lastId
    const row = [id, userId, content, 'validated', new Date().toISOString()]
    await this.#database.run(this.#queries.add, ...row)
    return id
  }

  async find(userId: number, id: number): Promise<StoredValidation | undefined> {
    const { find } = this.#queries
    const [found] = await this.#database.all<StoredValidation>(find, id, userId)
    return found
  }

  /** @returns false if the status is no longer `from` */
  async advance(id: number, from: Status, to: Status): Promise<boolean> {
    return (await this.#database.run(this.#queries.advance, to, id, from)) > 0
  }

  /** Number of stored rows, to compare with what was accepted. */
  async count(): Promise<number> {
    const [count] = await this.#database.all<{ rows: number }>(this.#queries.count)
    return count?.rows ?? 0
  }
}

function queriesOf(database: PooledSqlite) {
  return {
    add: database.prepare(
      'INSERT INTO validations (id, user_id, content, status, created_at) VALUES (?, ?, ?, ?, ?)',
    ),
    find: database.prepare('SELECT content, status FROM validations WHERE id = ? AND user_id = ?'),
    advance: database.prepare('UPDATE validations SET status = ? WHERE id = ? AND status = ?'),
    count: database.prepare('SELECT count(*) AS rows FROM validations'),
  }
}
