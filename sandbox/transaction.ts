import type Database from 'libsql'

/** A value in the place of a `?`. */
export type Parameter = string | number | null

/** A statement that is compiled once and kept. */
export interface Query {
  statement: Database.Statement
  /** The first word of the SQL: a bounded set of labels, unlike the SQL. */
  operation: string
}

/** What can be done inside a transaction, each call at once. */
export class Transaction {
  readonly #observeQuery: (operation: string, seconds: number) => void
  #statements = 0

  constructor(observeQuery: (operation: string, seconds: number) => void) {
    this.#observeQuery = observeQuery
  }

  /** Statements that it would have sent. */
  get statements(): number {
    return this.#statements
  }

  /** All rows of a query; `Row` is what its SQL names. */
  all<Row>(query: Query, ...parameters: Parameter[]): Row[] {
    return this.#observed(query, () => query.statement.all(parameters) as Row[])
  }

  /** Writes once for each row, which counts as one statement: an INSERT of many rows is one, too. */
  run(query: Query, rows: Parameter[][]): void {
    this.#observed(query, () => {
      for (const row of rows) query.statement.run(row)
    })
  }

  #observed<Result>({ operation }: Query, call: () => Result): Result {
    const sinceMs = performance.now()
    this.#statements++
    const result = call()
    this.#observeQuery(operation, (performance.now() - sinceMs) / 1_000)
    return result
  }
}
