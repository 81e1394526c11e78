import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { writeVerdict } from '../verdict/verdict-file.ts'
import { createVerdict } from './example-verdict.ts'
import { readVerdict } from './read-verdict.ts'

let folder: string
let path: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6v-read-verdict-'))
  path = join(folder, 'verdict.json')
})
after(() => rm(folder, { recursive: true }))

test('a verdict is read as it was written', async () => {
  await writeVerdict(path, createVerdict())
  assert.deepEqual(await readVerdict(path), createVerdict())
})

const whole = JSON.stringify(createVerdict())

for (const { what, text, message } of [
  { what: 'a torn file', text: whole.slice(0, -100), message: /it is no JSON/ },
  { what: 'an empty file', text: '', message: /it is no JSON/ },
  { what: 'null', text: 'null', message: /its format is not 2/ },
  { what: 'an older format', text: '{"format":1}', message: /its format is not 2/ },
  {
    what: 'no verdict',
    text: '{"format":2}',
    message: /its verdict is none of PASS, NO_DATA, FAIL, INVALID/,
  },
  {
    what: 'a verdict of an older format',
    text: edited({ verdict: 'MARGINAL' }),
    message: /its verdict is none of PASS, NO_DATA, FAIL, INVALID/,
  },
  {
    what: 'a part missing',
    text: edited({ endpoints: undefined }),
    message: /"endpoints" is no array/,
  },
  {
    what: 'a part of another kind',
    text: edited({ delivery: [] }),
    message: /"delivery" is no object/,
  },
  {
    what: 'half an objective',
    text: edited({ objectives: [{ id: 'x' }] }),
    message: /objective 1 lacks/,
  },
]) {
  test(`${what} is no verdict`, async () => {
    await writeFile(path, text)
    await assert.rejects(readVerdict(path), { code: 'K6V_VERDICT_BROKEN', message })
  })
}

test('a folder without a verdict says what that means', async () => {
  const none = join(folder, 'none.json')
  await assert.rejects(readVerdict(none), { code: 'K6V_VERDICT_MISSING', hint: /k6\.log/ })
  await assert.rejects(readVerdict(folder), { code: 'K6V_VERDICT_MISSING' })
})

function edited(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...createVerdict(), ...changes })
}
