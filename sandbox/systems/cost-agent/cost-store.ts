import { ApiError } from '../../api-error.ts'
import type { PooledSqlite } from '../../pooled-sqlite.ts'
import type { CostRecord } from './cost-record.ts'

const SCHEMA = `
  CREATE TABLE cost_records (
    account TEXT NOT NULL, day INTEGER NOT NULL, service TEXT NOT NULL, cents INTEGER NOT NULL,
    PRIMARY KEY (account, day, service)
  ) WITHOUT ROWID;
  CREATE TABLE cost_collections (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, records INTEGER NOT NULL, total_cents INTEGER NOT NULL
  );
  CREATE TABLE cost_recommendations (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, savings_cents INTEGER NOT NULL
  );`

type Table = 'cost_records' | 'cost_collections' | 'cost_recommendations'

/** Limited, as an analysis reads all of them at once. */
export const ACCOUNT_RECORDS_MAX = 20_000

/** The costs of all accounts, with their collections and recommendations. */
export class CostStore {
  readonly #database: PooledSqlite
  readonly #queries: ReturnType<typeof queriesOf>
  #lastId = 0

  constructor(database: PooledSqlite) {
    database.createTables(SCHEMA)
    this.#database = database
    this.#queries = queriesOf(database)
  }

  /**
   * Stores the records of a collection; they replace earlier records of the same service and day.
   *
   * @returns the id of the collection
   * @throws ApiError 413 when the account would have too many records: then nothing is stored
   */
  async collect(account: string, records: readonly CostRecord[]): Promise<number> {
    const { insert, count, addCollection } = this.#queries
    const id = ++this.#lastId
    const total = records.reduce((sum, { cents }) => sum + cents, 0)
    await this.#database.transaction((transaction) => {
      transaction.run(
        insert,
        records.map(({ day, service, cents }) => [account, day, service, cents]),
      )
      const [stored] = transaction.all<{ rows: number }>(count, account)
      if ((stored?.rows ?? 0) > ACCOUNT_RECORDS_MAX) throw tooManyRecords(account)
      transaction.run(addCollection, [[id, account, records.length, total]])
    })
    return id
  }

  /** All records of an account, in the order of their places. */
  all(account: string): Promise<CostRecord[]> {
    return this.#database.all<CostRecord>(this.#queries.all, account)
  }

  /** At most `limit` records of an account after a position. */
  page(
    account: string,
    after: Pick<CostRecord, 'day' | 'service'>,
    limit: number,
  ): Promise<CostRecord[]> {
    return this.#database.all(this.#queries.page, account, after.day, after.service, limit)
  }

  /** @returns the id of the stored recommendation */
  async addRecommendation(account: string, savingsCents: number): Promise<number> {
    const id = ++this.#lastId
    await this.#database.run(this.#queries.addRecommendation, id, account, savingsCents)
    return id
  }

  /** Number of stored rows, to compare with what was accepted. */
  async count(table: Table): Promise<number> {
    const query = this.#database.prepare(`SELECT count(*) AS rows FROM ${table}`)
    const [count] = await this.#database.all<{ rows: number }>(query)
    return count?.rows ?? 0
  }
}

function tooManyRecords(account: string): ApiError {
  const rule = `Expected account ${account} to have at most ${ACCOUNT_RECORDS_MAX} records, got more`
  return new ApiError(413, 'account_full', rule)
}

function queriesOf(database: PooledSqlite) {
  return {
    insert: database.prepare(
      `INSERT INTO cost_records (account, day, service, cents) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET cents = excluded.cents`,
    ),
    count: database.prepare('SELECT count(*) AS rows FROM cost_records WHERE account = ?'),
    all: database.prepare(
      'SELECT day, service, cents FROM cost_records WHERE account = ? ORDER BY day, service',
    ),
    page: database.prepare(
      `SELECT day, service, cents FROM cost_records WHERE account = ? AND (day, service) > (?, ?)
       ORDER BY day, service LIMIT ?`,
    ),
    addCollection: database.prepare('INSERT INTO cost_collections VALUES (?, ?, ?, ?)'),
    addRecommendation: database.prepare('INSERT INTO cost_recommendations VALUES (?, ?, ?)'),
  }
}
