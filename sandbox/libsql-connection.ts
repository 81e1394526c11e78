import { setTimeout as sleep } from 'node:timers/promises'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import Database from 'libsql'
import { LRUCache } from 'lru-cache'
import type { FifoGate } from './fifo-gate.ts'

/** What the connections of one pool share. */
export interface ConnectionOptions {
  file: string
  roundTripMs: number
  /** The gate of one slot that whoever writes must hold; see `PooledSqliteDriver`. */
  writerTurn: FifoGate
  /** Told after each query, its round trip included. `operation` is `select`, `insert`, ... */
  observeQuery: (operation: string, seconds: number) => void
}

interface Prepared {
  statement: Database.Statement
  returnsRows: boolean
}

// A batch's INSERT has one text per number of rows, so 50 of them and all the others fit.
const PREPARED_MAX = 64

/** One libsql connection. Its calls are synchronous; the round trip before them is not. */
export class LibsqlConnection implements DatabaseConnection {
  readonly #options: ConnectionOptions
  readonly #database: Database.Database
  readonly #prepared = new LRUCache<string, Prepared>({ max: PREPARED_MAX })
  #inTransaction = false
  #roundTripsOwed = 0

  constructor(options: ConnectionOptions) {
    this.#options = options
    // A busy timeout would block the event loop, and with it the very writer it waits for.
    this.#database = new Database(options.file, { timeout: 0 })
    // The file lives as long as the process: surviving a power cut is worth nothing here.
    this.#database.exec('PRAGMA synchronous = OFF')
  }

  /** Runs one statement; a write outside a transaction waits for the writer's turn. */
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const sinceMs = performance.now()
    const operation = operationOf(query)
    const result = this.#inTransaction
      ? this.#runInTransaction<Row>(query)
      : await this.#runAlone<Row>(query, operation === 'select')
    this.#options.observeQuery(operation, (performance.now() - sinceMs) / 1_000)
    return result
  }

  /** Not supported: nothing here reads more than a page. */
  streamQuery(): never {
    throw new Error('Expected queries that return all their rows, got a streamed one')
  }

  /** Starts a transaction that may write, once it is this connection's turn. */
  async begin(): Promise<void> {
    await this.#roundTrips(1)
    await this.#options.writerTurn.enter()
    try {
      this.#database.exec('BEGIN IMMEDIATE')
    } catch (error) {
      this.#options.writerTurn.leave()
      throw error
    }
    this.#inTransaction = true
  }

  /** Ends the transaction, passes the turn on, then pays the round trips of its statements. */
  async commit(): Promise<void> {
    // When this fails Kysely rolls back, and the turn stays held until then.
    this.#database.exec('COMMIT')
    await this.#passTurn()
  }

  /** Undoes the transaction; the turn is passed on even if SQLite has undone it already. */
  async rollback(): Promise<void> {
    try {
      this.#database.exec('ROLLBACK')
    } finally {
      await this.#passTurn()
    }
  }

  close(): void {
    this.#database.close()
  }

  async #passTurn(): Promise<void> {
    this.#inTransaction = false
    this.#options.writerTurn.leave()
    const owed = this.#roundTripsOwed
    this.#roundTripsOwed = 0
    await this.#roundTrips(owed + 1)
  }

  #runInTransaction<Row>(query: CompiledQuery): QueryResult<Row> {
    this.#roundTripsOwed++
    return this.#run(query)
  }

  async #runAlone<Row>(query: CompiledQuery, readsOnly: boolean): Promise<QueryResult<Row>> {
    await this.#roundTrips(1)
    if (readsOnly) return this.#run(query)

    const { writerTurn } = this.#options
    await writerTurn.enter()
    try {
      return this.#run(query)
    } finally {
      writerTurn.leave()
    }
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const { statement, returnsRows } = this.#prepare(sql)
    if (returnsRows) return { rows: statement.all(parameters) as Row[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    const prepared = { statement, returnsRows: statement.reader }
    this.#prepared.set(sql, prepared)
    return prepared
  }

  async #roundTrips(count: number): Promise<void> {
    const { roundTripMs } = this.#options
    if (roundTripMs > 0) await sleep(roundTripMs * count)
  }
}

/** `SelectQueryNode` is `select`: a bounded set of labels, unlike the SQL. */
function operationOf({ query }: CompiledQuery): string {
  return query.kind.replace(/(Query)?Node$/, '').toLowerCase()
}
