import { availableParallelism } from 'node:os'
import type { DuckDBConnection } from '@duckdb/node-api'

/** One in-memory DuckDB; everything is read from files and nothing is kept. */
export interface SampleDatabase {
  /** Runs statements whose result nobody reads. */
  run: (sql: string) => Promise<void>
  /** Rows as plain objects; numbers of any width are JavaScript numbers. */
  rows: <Row>(sql: string) => Promise<Row[]>
  close: () => void
}

export interface DatabaseSettings {
  /** Folder for what does not fit into memory; its files may be read and written too. */
  temporaryFolder: string
  /** Other folders whose files may be read and written. */
  folders?: readonly string[]
  /** Single files elsewhere. */
  files?: readonly string[]
  /** @default 700, which keeps the whole process under 1.2 GB */
  memoryMb?: number
  /** @default one for each processor, four at most */
  threads?: number
}

const MEMORY_MB = 700

const THREADS_MAX = 4

/**
 * Opens a database that reaches the named folders and files, and nothing else: no SQL can change that. DuckDB is
 * loaded here and not before: it is 70 MB that most commands never need.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<SampleDatabase> {
  const { temporaryFolder, memoryMb = MEMORY_MB, folders = [], files = [] } = settings
  const threads = settings.threads ?? Math.min(THREADS_MAX, availableParallelism())
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${memoryMb}MB`,
    temp_directory: temporaryFolder,
    // Rows need no order, and keeping one costs memory.
    preserve_insertion_order: 'false',
    // Everything needed is built in; nothing may be looked for on the network.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  // Lists cannot be given above, and they have to be set before the door is closed.
  await connection.run(`SET allowed_directories = ${namesOf(folders)}`)
  await connection.run(`SET allowed_paths = ${namesOf(files)}`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  return {
    run: async (sql) => {
      await connection.run(sql)
    },
    rows: (sql) => readRows(connection, sql),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

// DuckDB looks for what it is asked for, which is a pattern, and again for each file that it finds.
function namesOf(paths: readonly string[]): string {
  return `[${paths.flatMap((path) => [literal(path), pathLiteral(path)]).join(', ')}]`
}

async function readRows<Row>(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql)
  return reader.getRowObjectsJS().map((row) => {
    const plain = Object.entries(row).map(([name, value]) => {
      return [name, typeof value === 'bigint' ? Number(value) : value] as const
    })
    return Object.fromEntries(plain) as Row
  })
}

/** A text as an SQL literal: a tag's value or a path may hold anything. */
export function literal(text: string): string {
  // A zero would end the statement; where a disk was not written in time, a file has many.
  if (text.includes('\0')) return `decode(from_hex('${Buffer.from(text).toString('hex')}'))`
  return `'${text.replaceAll("'", "''")}'`
}

/** The path of one file to read: DuckDB would take some characters for a pattern of many. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[*?[]/g, '[$&]'))
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
