import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { ToolkitError } from '../../core/errors.ts'
import { readSummary } from './read-summary.ts'

async function write(t: TestContext, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-summary-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'summary.json'), text)
  return join(folder, 'summary.json')
}

async function failureCode(path: string): Promise<string> {
  const error: unknown = await readSummary(path).catch((reason: unknown) => reason)
  assert(error instanceof ToolkitError)
  assert.equal(error.exitCode, 91)
  return error.code
}

test('a true threshold of the file is a missed one, and null is no number', async (t) => {
  const text = JSON.stringify({
    root_group: {},
    metrics: {
      'http_req_failed{judged:yes}': {
        passes: 1,
        fails: 3,
        value: 0.25,
        thresholds: { 'rate<0.1': true, 'rate<0.5': false },
      },
      strange: { avg: null, count: 1 },
    },
  })
  assert.deepEqual(await readSummary(await write(t, text)), {
    metrics: {
      'http_req_failed{judged:yes}': {
        values: { passes: 1, fails: 3, value: 0.25 },
        crossed: ['rate<0.1'],
      },
      strange: { values: { count: 1 }, crossed: [] },
    },
  })
})

test('a missing file is one clear error', async () => {
  assert.equal(await failureCode('no/such/summary.json'), 'K6V_SUMMARY_MISSING')
})

describe('a torn or foreign file is one clear error', () => {
  for (const text of [
    '',
    '{"metrics": {"http_reqs": {"count": 1',
    'null',
    '[]',
    '{}',
    '{"metrics": {}}',
    '{"metrics": []}',
    '{"metrics": {"http_reqs": 7}}',
    '{"metrics": {"http_reqs": {"count": "7"}}}',
    '{"metrics": {"http_reqs": {"count": 7, "thresholds": {"count>0": "no"}}}}',
    '{"metrics": {"http_reqs": {"type": "counter", "values": {"count": 7}}}}',
  ]) {
    test(JSON.stringify(text), async (t) => {
      assert.equal(await failureCode(await write(t, text)), 'K6V_SUMMARY_BROKEN')
    })
  }
})
