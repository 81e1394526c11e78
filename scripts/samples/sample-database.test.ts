// SQL is made from names and paths of others: whatever it says, it reaches the folder at hand only.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { literal, openDatabase, pathLiteral } from './sample-database.ts'

/** A database that may use `run`, `out.csv` and `temporary`; `other` lies beside them. */
async function confined(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), "k6v's [database]*, "))
  const of = (...names: string[]): string => join(root, ...names)
  for (const name of ['run', 'run-2', 'temporary', 'other']) {
    await mkdir(of(name))
    await writeFile(of(name, 'a.csv'), 'x\n1\n')
  }
  const database = await openDatabase({
    temporaryFolder: of('temporary'),
    folders: [of('run')],
    files: [of('out.csv')],
    memoryMb: 60,
    threads: 2,
  })
  t.after(async () => {
    database.close()
    await rm(root, { recursive: true })
  })
  return { database, of }
}

test('files of the folder at hand are read and written, and the one that was named', async (t) => {
  const { database, of } = await confined(t)
  const rows = await database.rows(`FROM read_csv(${pathLiteral(of('run', 'a.csv'))})`)
  assert.equal(rows.length, 1)
  for (const path of [of('run', 'b.parquet'), of('temporary', 'b.parquet'), of('out.csv')]) {
    await database.run(`COPY (SELECT 1) TO ${literal(path)} (USE_TMP_FILE false)`)
    await database.run(`COPY (SELECT 1) TO ${literal(path)} (USE_TMP_FILE false)`)
    assert.ok(existsSync(path), path)
  }
})

const REFUSED: Record<string, (of: (...names: string[]) => string) => string> = {
  'a file of the system': () => `FROM read_text('/etc/hostname')`,
  'a file beside': (of) => `FROM read_csv(${pathLiteral(of('other', 'a.csv'))})`,
  'a folder whose name begins the same': (of) =>
    `FROM read_csv(${pathLiteral(of('run-2', 'a.csv'))})`,
  'a way out by dots': (of) => `FROM read_csv(${pathLiteral(`${of('run')}/../other/a.csv`)})`,
  'a link that leads out': (of) => `FROM read_csv(${pathLiteral(of('run', 'link', 'a.csv'))})`,
  'a list of files': (of) => `FROM glob(${literal(`${of('other')}/*`)})`,
  'a copy elsewhere': (of) => `COPY (SELECT 1) TO ${literal(of('other', 'b.csv'))}`,
  'another database': (of) => `ATTACH ${literal(of('other', 'a.db'))}`,
  'the network': () => `FROM read_csv('http://127.0.0.1:1/a.csv')`,
  'an extension': () => 'INSTALL httpfs',
  'a loaded extension': () => 'LOAD httpfs',
  'an end of the limits': () => 'SET enable_external_access = true',
  'another folder': (of) => `SET allowed_directories = [${literal(of('other'))}]`,
  'an open lock': () => 'SET lock_configuration = false',
  'a way back': () => 'RESET allowed_directories',
}

for (const [title, sql] of Object.entries(REFUSED)) {
  test(`${title} is refused`, async (t) => {
    const { database, of } = await confined(t)
    await symlink(of('other'), of('run', 'link'))
    await assert.rejects(
      database.run(sql(of)),
      /disabled by configuration|disabled through configuration|configuration has been locked/,
    )
    assert.ok(!existsSync(of('other', 'b.csv')))
  })
}

test('what does not fit into memory still goes to the temporary folder', async (t) => {
  const { database, of } = await confined(t)
  const texts = Array.from({ length: 8 }, (_, n) => `hash(i + ${n})::VARCHAR`).join(' || ')
  await database.run(`CREATE TABLE wide AS SELECT ${texts} AS v FROM range(600000) AS r(i)`)
  const spilled = await readdir(of('temporary'))
  assert.ok(
    spilled.some((name) => name.endsWith('.tmp')),
    spilled.join(),
  )
  const rows = await database.rows('SELECT count(*) AS n, count(v) AS v FROM wide')
  assert.deepEqual(rows, [{ n: 600_000, v: 600_000 }])
})
