import type { DatabaseConnection, Dialect, Driver, Kysely as KyselyOf } from 'kysely'
import { FifoGate } from './fifo-gate.ts'
import { LibsqlConnection, type ConnectionOptions } from './libsql-connection.ts'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from './packages.ts'

/** A file and the limits of the pool in front of it. */
export interface PooledSqliteOptions extends Omit<ConnectionOptions, 'writerTurn'> {
  poolMax: number
  waitersMax: number
  acquireTimeoutMs: number
  /** Told for every connection handed out, 0 included. */
  observeWait: (waitSeconds: number) => void
}

/** What a pool is doing now, in connections and in callers without one. */
export interface PoolState {
  inUse: number
  waiting: number
  max: number
}

/**
 * Kysely's driver over at most `poolMax` connections to one SQLite file in WAL mode.
 *
 * SQLite has one writer at a time, and all connections here live in one thread. Were a second
 * connection to write while the first has a transaction open across an `await`, it would either
 * fail (SQLITE_BUSY) or block the thread, and so the very transaction it waits for. Therefore:
 *
 * 1. Who writes, holds the writer's turn, a FIFO gate of one slot, for as long as SQLite's lock.
 * 2. Nobody waits for a connection while holding the turn: a connection always comes first, so
 *    the two queues cannot wait for each other.
 * 3. The simulated round trips of a transaction are paid before BEGIN and after COMMIT, never in
 *    between, so the turn is held for microtasks and not for timers: a slow network slows each
 *    caller down, as it should, but not all writers through one lock.
 *
 * Readers need no turn: in WAL mode they never wait for the writer.
 */
export class PooledSqliteDriver implements Driver {
  readonly #options: PooledSqliteOptions
  readonly #gate: FifoGate
  readonly #writerTurn: FifoGate
  readonly #idle: LibsqlConnection[] = []
  readonly #open: LibsqlConnection[] = []

  constructor(options: PooledSqliteOptions) {
    const { poolMax, waitersMax, acquireTimeoutMs: timeoutMs, observeWait } = options
    this.#options = options
    this.#gate = new FifoGate({
      name: 'database_pool',
      slots: poolMax,
      waitersMax,
      timeoutMs,
      observeWait,
    })
    // Only holders of a connection ask for the turn, so there are never more than poolMax waiting.
    this.#writerTurn = new FifoGate({
      name: 'database_writer',
      slots: 1,
      waitersMax: poolMax,
      timeoutMs,
    })
  }

  get state(): PoolState {
    return {
      inUse: this.#gate.inside,
      waiting: this.#gate.waiting,
      max: this.#options.poolMax,
    }
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  /** @throws ApiError 503 when too many wait already or the wait takes too long */
  async acquireConnection(): Promise<LibsqlConnection> {
    await this.#gate.enter()
    return this.#idle.pop() ?? this.#connect()
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#idle.push(connection as LibsqlConnection)
    this.#gate.leave()
    return Promise.resolve()
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as LibsqlConnection).begin()
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as LibsqlConnection).commit()
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as LibsqlConnection).rollback()
  }

  destroy(): Promise<void> {
    for (const connection of this.#open) connection.close()
    return Promise.resolve()
  }

  #connect(): LibsqlConnection {
    try {
      const connection = new LibsqlConnection({ ...this.#options, writerTurn: this.#writerTurn })
      this.#open.push(connection)
      return connection
    } catch (error) {
      this.#gate.leave()
      throw error
    }
  }
}

/** Kysely's dialect around one driver, kept by the caller so that its state can be measured. */
export function pooledSqliteDialect(driver: PooledSqliteDriver): Dialect {
  return {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (database: KyselyOf<unknown>) => new SqliteIntrospector(database),
  }
}
