import type Database from 'libsql'
import { FifoGate } from './fifo-gate.ts'
import { sleep } from './sleep.ts'
import { type Parameter, type Query, Transaction } from './transaction.ts'

/** The limits of a pool, and callbacks for its wait and query times. */
export interface PoolOptions {
  poolMax: number
  waitersMax: number
  acquireTimeoutMs: number
  /** Held with a connection for each statement, `BEGIN` and `COMMIT` included. */
  roundTripMs: number
  /** Called for every connection handed out, 0 included. */
  observeWait: (waitSeconds: number) => void
  /** Called after each statement, its round trip included. `operation` is `select`, `insert`, ... */
  observeQuery: (operation: string, seconds: number) => void
}

/** What a pool is doing now, in connections and in callers without one. */
export interface PoolState {
  inUse: number
  waiting: number
  max: number
}

/**
 * SQLite behind the limits of a pool of connections, as a database one network hop away has them: a
 * caller waits for one of `poolMax` places and holds it for the round trips.
 *
 * Behind the places is a single connection. SQLite's calls are synchronous and this is one thread, so
 * more of them could not work at once; they would only lock each other out and drop each other's pages.
 * A transaction has no `await` between its statements, so nobody else's can come in between: its round
 * trips are paid afterwards. A slow network slows each caller down, but not all writers.
 */
export class PooledSqlite {
  readonly #database: Database.Database
  readonly #options: PoolOptions
  readonly #gate: FifoGate

  constructor(database: Database.Database, options: PoolOptions) {
    const { poolMax, waitersMax, acquireTimeoutMs: timeoutMs, observeWait } = options
    const name = 'database_pool'
    this.#database = database
    this.#options = options
    this.#gate = new FifoGate({ name, slots: poolMax, waitersMax, timeoutMs, observeWait })
  }

  get state(): PoolState {
    return { inUse: this.#gate.inside, waiting: this.#gate.waiting, max: this.#options.poolMax }
  }

  /** Runs SQL at the start, outside of the pool. */
  createTables(sql: string): void {
    this.#database.exec(sql)
  }

  /** Compiles a statement, to be kept for as long as it is used. */
  prepare(sql: string): Query {
    const [operation = ''] = sql.trimStart().toLowerCase().split(/\s/, 1)
    return { statement: this.#database.prepare(sql), operation }
  }

  /**
   * All rows of a query; `Row` is what its SQL names.
   *
   * @throws ApiError 503 when too many wait for a connection already or the wait takes too long
   */
  all<Row>(query: Query, ...parameters: Parameter[]): Promise<Row[]> {
    return this.#alone(query, () => query.statement.all(parameters) as Row[])
  }

  /**
   * Writes and commits.
   *
   * @returns how many rows were written
   * @throws ApiError 503 as `all` does
   */
  run(query: Query, ...parameters: Parameter[]): Promise<number> {
    return this.#alone(query, () => query.statement.run(parameters).changes)
  }

  /**
   * Commits what `work` did, or none of it when it throws.
   *
   * @throws ApiError 503 as `all` does
   */
  async transaction<Result>(work: (transaction: Transaction) => Result): Promise<Result> {
    await this.#gate.enter()
    const transaction = new Transaction(this.#options.observeQuery)
    try {
      return this.#committed(() => work(transaction))
    } finally {
      await this.#roundTrips(transaction.statements + 2)
      this.#gate.leave()
    }
  }

  async #alone<Result>({ operation }: Query, call: () => Result): Promise<Result> {
    await this.#gate.enter()
    try {
      const sinceMs = performance.now()
      await this.#roundTrips(1)
      const result = call()
      this.#options.observeQuery(operation, (performance.now() - sinceMs) / 1_000)
      return result
    } finally {
      this.#gate.leave()
    }
  }

  #committed<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN')
    try {
      const result = work()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      // SQLite may have undone it already.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  async #roundTrips(count: number): Promise<void> {
    const { roundTripMs } = this.#options
    if (roundTripMs > 0) await sleep(roundTripMs * count)
  }
}
