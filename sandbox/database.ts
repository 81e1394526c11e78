import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely as KyselyOf } from 'kysely'
import Database from 'libsql'
import { Kysely } from './packages.ts'
import { PooledSqliteDriver, pooledSqliteDialect, type PoolState } from './pooled-sqlite.ts'
import type { SandboxSettings } from './settings.ts'
import { seedUsers } from './seed-users.ts'
import { SCHEMA, type Tables } from './tables.ts'

/** Told about the pool and the queries, in seconds. */
export interface DatabaseObservers {
  observeWait: (waitSeconds: number) => void
  observeQuery: (operation: string, seconds: number) => void
}

/** An open database, its pool's state and the end of both. */
export interface SandboxDatabase {
  kysely: KyselyOf<Tables>
  poolState: () => PoolState
  /** The temporary folder that holds it. */
  folder: string
  close: () => Promise<void>
}

/** Creates a database of seeded users in a temporary folder that `close()` removes. */
export function openDatabase(
  settings: SandboxSettings,
  observers: DatabaseObservers,
): SandboxDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'k6-verdict-sandbox-'))
  const file = join(folder, 'sandbox.db')
  // Also when the process ends in a hurry, with requests still under way.
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  createTables(file, settings)

  const driver = new PooledSqliteDriver({
    file,
    poolMax: settings.poolMax,
    waitersMax: settings.poolWaitersMax,
    acquireTimeoutMs: settings.poolAcquireTimeoutMs,
    roundTripMs: settings.databaseRoundTripMs,
    ...observers,
  })
  const kysely = new Kysely<Tables>({ dialect: pooledSqliteDialect(driver) })
  return {
    kysely,
    poolState: () => driver.state,
    folder,
    async close() {
      await kysely.destroy()
      process.removeListener('exit', remove)
      remove()
    },
  }
}

/** Outside the pool: nobody listens yet, and a start without round trips is a faster one. */
function createTables(file: string, settings: SandboxSettings): void {
  const database = new Database(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
  database.exec(SCHEMA)
  seedUsers(database, settings)
  database.close()
}
