import { EventEmitter } from 'node:events'
import { EveryNth } from '../../planted-faults.ts'
import type { PooledSqlite } from '../../pooled-sqlite.ts'
import { sleep } from '../../sleep.ts'
import { mergedState } from './canvas-state.ts'

/** A canvas's state as it is stored: JSON text, so that a read needs neither parse nor print it. */
export interface StoredState {
  version: number
  state: string
  updated_at: string
}

/** An execution before the database gives it an id. */
export interface NewExecution {
  canvas_id: string
  workflow: string
  status: string
  nodes: number
  total_value: number
  weighted_value: number
  /** Null for a tree without cost. */
  roi: number | null
  /** JSON text: names and latencies. */
  agents: string
  duration_ms: number
}

/** Between the read and the write of a racy merge. */
const RACE_MS = 50

const SCHEMA = `
  CREATE TABLE canvases (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL, updated_at TEXT NOT NULL
  );
  CREATE TABLE executions (
    id INTEGER PRIMARY KEY, canvas_id TEXT NOT NULL, workflow TEXT NOT NULL, status TEXT NOT NULL,
    nodes INTEGER NOT NULL, total_value REAL NOT NULL, weighted_value REAL NOT NULL, roi REAL,
    agents TEXT NOT NULL, duration_ms REAL NOT NULL, created_at TEXT NOT NULL
  );`

/** What the canvas API keeps. Every write is committed when its promise resolves. */
export class CanvasStore {
  readonly #database: PooledSqlite
  readonly #queries: ReturnType<typeof queriesOf>
  readonly #changes = new EventEmitter()
  readonly #racy: EveryNth
  #lastExecutionId = 0

  /** @param racyWriteEvery every nth merge runs without a transaction: a planted fault; 0 for none */
  constructor(database: PooledSqlite, racyWriteEvery = 0) {
    this.#racy = new EveryNth(racyWriteEvery)
    database.createTables(SCHEMA)
    this.#database = database
    this.#queries = queriesOf(database)
    // Many may follow one canvas.
    this.#changes.setMaxListeners(0)
  }

  /** Tells the version of each write of a canvas once it is committed, until the returned function is called. */
  follow(id: string, onVersion: (version: number) => void): () => void {
    this.#changes.on(eventOf(id), onVersion)
    return () => this.#changes.off(eventOf(id), onVersion)
  }

  async find(id: string): Promise<StoredState | undefined> {
    const [canvas] = await this.#database.all<StoredState>(this.#queries.find, id)
    return canvas
  }

  async exists(id: string): Promise<boolean> {
    const rows = await this.#database.all(this.#queries.exists, id)
    return rows.length > 0
  }

  /** Sets the state, whatever it was. One statement, so versions have no gaps. */
  async replace(id: string, state: string): Promise<Omit<StoredState, 'state'>> {
    const { replace } = this.#queries
    const [replaced] = await this.#database.all<Omit<StoredState, 'state'>>(
      replace,
      id,
      state,
      now(),
    )
    if (replaced === undefined) throw new Error('Expected RETURNING to give the row written')
    this.#changes.emit(eventOf(id), replaced.version)
    return replaced
  }

  /**
   * Merges into the stored state. Nothing else runs during a transaction, so two merges cannot start
   * from the same version.
   *
   * @returns undefined when there is no state yet
   * @throws ApiError 413 when the merged state is too large
   */
  async merge(id: string, changes: object): Promise<StoredState | undefined> {
    const { find, update } = this.#queries
    if (this.#racy.next()) return this.#mergeRacily(id, changes)
    const merged = await this.#database.transaction((transaction) => {
      const [stored] = transaction.all<StoredState>(find, id)
      if (stored === undefined) return undefined

      const state = mergedState(stored.state, changes)
      const written = { version: stored.version + 1, state, updated_at: now() }
      transaction.run(update, [[written.version, written.state, written.updated_at, id]])
      return written
    })
    if (merged) this.#changes.emit(eventOf(id), merged.version)
    return merged
  }

  /**
   * Sets the state only where its version is still the one given; 0 where there must be none yet.
   *
   * @returns undefined when the canvas has another version
   */
  async compareAndSet(
    id: string,
    version: number,
    state: string,
  ): Promise<Omit<StoredState, 'state'> | undefined> {
    const { find, update, insert } = this.#queries
    const written = { version: version + 1, updated_at: now() }
    const isWritten = await this.#database.transaction((transaction) => {
      const [stored] = transaction.all<StoredState>(find, id)
      if ((stored?.version ?? 0) !== version) return false
      const row = [written.version, state, written.updated_at, id]
      transaction.run(stored ? update : insert, [row])
      return true
    })
    if (!isWritten) return undefined
    this.#changes.emit(eventOf(id), written.version)
    return written
  }

  // A planted fault: without a transaction, others can write between the read and the write.
  async #mergeRacily(id: string, changes: object): Promise<StoredState | undefined> {
    const { update } = this.#queries
    const stored = await this.find(id)
    if (stored === undefined) return undefined
    await sleep(RACE_MS)
    const state = mergedState(stored.state, changes)
    const written = { version: stored.version + 1, state, updated_at: now() }
    await this.#database.run(update, written.version, state, written.updated_at, id)
    this.#changes.emit(eventOf(id), written.version)
    return written
  }

  /** Number of stored rows, to compare with what was accepted. */
  async count(table: 'canvases' | 'executions'): Promise<number> {
    const query = this.#database.prepare(`SELECT count(*) AS rows FROM ${table}`)
    const [count] = await this.#database.all<{ rows: number }>(query)
    return count?.rows ?? 0
  }

  /** @returns the id of the stored execution */
  async addExecution(execution: NewExecution): Promise<number> {
    const id = ++this.#lastExecutionId
    const { canvas_id, workflow, status, nodes, total_value, weighted_value } = execution
    const { roi, agents, duration_ms } = execution
    await this.#database.run(
      this.#queries.addExecution,
      ...[id, canvas_id, workflow, status, nodes, total_value, weighted_value],
      ...[roi, agents, duration_ms, now()],
    )
    return id
  }
}

/** Never a name that Node gives a meaning, such as "error", whatever a canvas is called. */
function eventOf(id: string): string {
  return `written ${id}`
}

function queriesOf(database: PooledSqlite) {
  return {
    find: database.prepare('SELECT version, state, updated_at FROM canvases WHERE id = ?'),
    exists: database.prepare('SELECT version FROM canvases WHERE id = ?'),
    replace: database.prepare(
      `INSERT INTO canvases (id, version, state, updated_at) VALUES (?, 1, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         version = canvases.version + 1, state = excluded.state, updated_at = excluded.updated_at
       RETURNING version, updated_at`,
    ),
    update: database.prepare(
      'UPDATE canvases SET version = ?, state = ?, updated_at = ? WHERE id = ?',
    ),
    insert: database.prepare(
      'INSERT INTO canvases (version, state, updated_at, id) VALUES (?, ?, ?, ?)',
    ),
    addExecution: database.prepare(
      `INSERT INTO executions
         (id, canvas_id, workflow, status, nodes, total_value, weighted_value, roi, agents,
          duration_ms, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }
}

function now(): string {
  return new Date().toISOString()
}
