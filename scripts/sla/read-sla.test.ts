import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ToolkitError } from '../core/errors.ts'
import { catalogue } from '../../tests/support/sla/example.ts'
import { readSla } from './read-sla.ts'

const SHORTEST = {
  workload: 'better-prompts',
  objectives: [{ id: 'errors', indicator: 'error-ratio', limit: '< 1%' }],
}

async function write(t: TestContext, name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-sla-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

async function failure(path: string): Promise<ToolkitError> {
  const error: unknown = await readSla(path, catalogue).catch((reason: unknown) => reason)
  assert(error instanceof ToolkitError)
  assert.equal(error.exitCode, 2)
  return error
}

test('the SLA file of better-prompts is sound', async () => {
  const path = fileURLToPath(new URL('../../thresholds/better-prompts.json', import.meta.url))
  const { objectives } = await readSla(path, catalogue)
  assert.deepEqual(
    objectives.map(({ id, limit }) => `${id} ${limit.text}`),
    [
      'availability >= 99.9%',
      'latency-p50 < 100ms',
      'latency-p95 < 200ms',
      'latency-p99 < 500ms',
      'latency-region < 300ms',
      'throughput >= 1000/s',
      'errors < 0.1%',
      'recovery < 5m',
      'no-degradation < 10%',
      'capacity >= 1000/s',
      'technique-accuracy >= 95%',
      'answers-correct >= 99.9%',
      'updates-on-time >= 99%',
      'updates-true >= 99.9%',
    ],
  )
})

test('a byte order mark does no harm', async (t) => {
  const path = await write(t, 'x.json', `\uFEFF${JSON.stringify(SHORTEST)}`)
  assert.equal((await readSla(path, catalogue)).objectives.length, 1)
})

test('a missing file names the known ones and shows one that judges responses, too', async (t) => {
  const neighbour = await write(t, 'other.json', '{}')
  const error = await failure(join(neighbour, '..', 'missing.json'))
  assert.equal(error.code, 'K6V_SLA_NOT_FOUND')
  assert.match(error.hint, /^Known: other\./)
  const shown = error.hint.slice(error.hint.indexOf('{')).replace('<name>', 'better-prompts')
  const { objectives } = await readSla(await write(t, 'shown.json', shown), catalogue)
  assert.deepEqual(
    objectives.map(({ indicator }) => indicator),
    [
      { kind: 'latency', percentile: 95 },
      { kind: 'share', metric: 'checks' },
    ],
  )
})

test('a missing folder is a missing file', async () => {
  const error = await failure('no/such/folder/x.json')
  assert.match(error.hint, /There is none yet/)
})

test('a folder in place of the file is unreadable', async () => {
  assert.equal((await failure(tmpdir())).code, 'K6V_SLA_UNREADABLE')
})

for (const { text, place } of [
  { text: '', place: '1:1' },
  { text: '{\n  "workload": "x",\n}', place: '2:18' },
  { text: '{\n  "workload" "x"\n}', place: '2:14' },
  { text: '{ "a": tru }', place: '1:8' },
  { text: '{\n  // why\n}', place: '2:3' },
]) {
  test(`broken JSON ${JSON.stringify(text)} is reported at ${place}`, async (t) => {
    const path = await write(t, 'broken.json', text)
    const error = await failure(path)
    assert.equal(error.code, 'K6V_SLA_BAD_JSON')
    assert(error.message.startsWith(`Expected JSON in ${path}:${place}: `), error.message)
  })
}

test('a field that stands twice is refused, with its place and its lines', async (t) => {
  const path = await write(
    t,
    'twice.json',
    `{ "workload": "better-prompts", "objectives": [
  { "id": "errors", "indicator": "error-ratio", "limit": "< 1%",
    "where": { "operation": "enhance", "oper\\u0061tion": "history" },
    "limit": "< 99%" },
  { "id": "other", "indicator": "error-ratio", "limit": "< 1%" }
] }`,
  )
  const error = await failure(path)
  assert.equal(error.code, 'K6V_SLA_INVALID')
  assert.equal(
    error.message,
    `${path} has 2 problems
  objectives[0].limit: expected one field of this name, got "limit" on the lines 2, 4
    Only the last one would count: remove the others.
  objectives[0].where.operation: expected one field of this name, got "operation" on the lines 3, 3
    Only the last one would count: remove the others.`,
  )
})

test('lists within lists without end are refused, however many', async (t) => {
  for (const levels of [60, 100_000]) {
    const path = await write(t, 'deep.json', '['.repeat(levels) + ']'.repeat(levels))
    const error = await failure(path)
    assert.equal(error.code, 'K6V_SLA_BAD_JSON')
    assert.match(error.message, /more than 50 levels deep/)
  }
})

test('all problems of a file are one error', async (t) => {
  const [errors] = SHORTEST.objectives
  const bad = { ...SHORTEST, objectives: [{ ...errors, limit: '< 1' }, errors] }
  const path = await write(t, 'bad.json', JSON.stringify(bad))
  const error = await failure(path)
  assert.equal(error.code, 'K6V_SLA_INVALID')
  assert.equal(
    error.message,
    `${path} has 2 problems
  objectives[0].limit: expected the unit %, got "< 1"
    Write for instance "1%".
  objectives[1].id: expected an id that no other objective has, got "errors"
    objectives[0] has it already.`,
  )
})
