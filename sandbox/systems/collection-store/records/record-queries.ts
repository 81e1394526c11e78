import type { PooledSqlite } from '../../../pooled-sqlite.ts'
import type { Collection } from './record.ts'

/** SQL that creates a table with this many rows: 50 categories, 997 labels. */
export function tableSql(collection: Collection, rows: number): string {
  return `
    CREATE TABLE store_${collection} (
      id INTEGER PRIMARY KEY, category TEXT NOT NULL, label TEXT NOT NULL, amount INTEGER NOT NULL,
      version INTEGER NOT NULL, data TEXT NOT NULL
    );
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${rows})
    INSERT INTO store_${collection}
      SELECT n, 'category-' || (n % 50), 'label-' || (n % 997), n % 1000, 1, 'seeded row ' || n
      FROM numbers WHERE n <= ${rows};
    CREATE INDEX store_${collection}_by_category ON store_${collection} (category, amount);`
}

const COLUMNS = 'id, category, label, amount, version, data'

/** The statements of one collection. */
export function queriesOf(database: PooledSqlite, collection: Collection) {
  const sql = recordSql(collection)
  const names = Object.keys(sql) as (keyof typeof sql)[]
  const prepared = names.map((name) => [name, database.prepare(sql[name])] as const)
  return Object.fromEntries(prepared) as Record<
    keyof typeof sql,
    ReturnType<PooledSqlite['prepare']>
  >
}

/** The SQL of one collection. */
export function recordSql(collection: Collection) {
  const table = `store_${collection}`
  return {
    add: `INSERT INTO ${table} (id, category, label, amount, version, data) VALUES (?, ?, ?, ?, 1, ?)`,
    find: `SELECT ${COLUMNS} FROM ${table} WHERE id = ?`,
    update: `UPDATE ${table} SET amount = ?, version = version + 1 WHERE id = ? RETURNING version`,
    remove: `DELETE FROM ${table} WHERE id = ?`,
    byCategory: `SELECT ${COLUMNS} FROM ${table} WHERE category = ? ORDER BY amount DESC LIMIT ?`,
    byLabel: `SELECT ${COLUMNS} FROM ${table} WHERE instr(label, ?) > 0 ORDER BY amount DESC LIMIT ?`,
    aggregate: `SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum, min(amount) AS min, max(amount) AS max
       FROM ${table} WHERE category = ?`,
  }
}
