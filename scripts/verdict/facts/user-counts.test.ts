import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openDatabase } from '../../samples/sample-database.ts'
import { exampleFolder } from '../../../tests/support/samples/example-csv.ts'
import { userCountsSql } from './user-counts.ts'

type Look = [instance: string, seconds: number, users: number]

async function usersOf(t: TestContext, looks: readonly Look[]): Promise<number[]> {
  const database = await openDatabase({ temporaryFolder: await exampleFolder(t) })
  t.after(() => database.close())
  const values = looks.map(([instance, at, users]) => {
    return `('vus', '${instance}', ${Math.round(at * 1e6)}::BIGINT, ${users}::DOUBLE)`
  })
  await database.run(
    `CREATE TABLE looks_of_all AS SELECT * FROM (VALUES ${values.join(', ')}) AS t(metric, instance, end_us, value)`,
  )
  const rows = await database.rows<{ value: number }>(
    `SELECT value FROM (${userCountsSql('looks_of_all')}) ORDER BY at_us`,
  )
  return rows.map(({ value }) => value)
}

test('users of all instances are added up, second by second', async (t) => {
  const looks: Look[] = [1, 2, 3].flatMap((second): Look[] => [
    ['a', second + 0.2, 10 * second],
    ['b', second + 0.9, second],
  ])
  assert.deepEqual(await usersOf(t, looks), [11, 22, 33])
})

test('a look that fell into the second before still counts', async (t) => {
  const looks: Look[] = [
    ['a', 1.0, 5],
    ['a', 1.99, 5],
    ['a', 3.0, 5],
    ['b', 1.5, 4],
    ['b', 2.5, 4],
    ['b', 3.5, 4],
  ]
  assert.deepEqual(await usersOf(t, looks), [9, 9, 9])
})

test('an instance that is gone has no users', async (t) => {
  const looks: Look[] = [['a', 1.5, 5], ...[1.5, 2.5, 3.5].map((second): Look => ['b', second, 4])]
  assert.deepEqual(await usersOf(t, looks), [9, 9, 4])
})
