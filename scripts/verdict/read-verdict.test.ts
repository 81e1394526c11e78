import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { judgeExample } from '../../tests/support/verdict/example-judging.ts'
import { iterations, requests, users } from '../../tests/support/verdict/example-recording.ts'
import { reason } from '../reasons/reasons.ts'
import { writeVerdict } from './verdict-file.ts'
import { createRow } from '../../tests/support/report/example-rows.ts'
import { createVerdict } from '../../tests/support/report/example-verdict.ts'
import { readVerdict } from './read-verdict.ts'

const SPAN = { from: 0, to: 100, perSecond: 40 }

const OBJECTIVES = [
  { indicator: { latency: 'p95' }, limit: '< 1s', windows: { length: '10s', violating: '<= 5%' } },
  { indicator: { drift: 'latency.p50' }, limit: '< 10%' },
  { indicator: 'error-ratio', limit: '< 0.1%' },
  { indicator: { statistic: 'max of cost_usd' }, limit: '< 9 units' },
]

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

test('a judged recording is a verdict that can be read, whatever its numbers are', async (t) => {
  const failing = requests({ from: 50, to: 51, perSecond: 3, status: 500 })
  for (const recording of [[...users(100), ...iterations(SPAN), ...requests(SPAN)], failing, []]) {
    const judged = await judgeExample(t, { recording, objectives: OBJECTIVES })
    await writeVerdict(path, { ...createVerdict(), ...judged })
    assert.equal((await readVerdict(path)).verdict, judged.verdict)
  }
})

const whole = JSON.stringify(createVerdict())

for (const { what, text, message } of [
  { what: 'a torn file', text: whole.slice(0, -100), message: /it is not JSON/ },
  { what: 'an empty file', text: '', message: /it is empty/ },
  { what: 'null', text: 'null', message: /expected the file to be object, got null/ },
  { what: 'an older format', text: edited({ format: 1 }), message: /format to be 2, got 1/ },
  {
    what: 'a verdict of an older format',
    text: edited({ verdict: 'MARGINAL' }),
    message:
      /verdict to be one of "PASS", "NO_OBJECTIVES", "NO_DATA", "FAIL", "INVALID", got "MARGINAL"/,
  },
  {
    what: 'a part missing',
    text: edited({ endpoints: undefined }),
    message: /expected endpoints, got nothing/,
  },
  {
    what: 'a part of another kind',
    text: edited({ delivery: [] }),
    message: /delivery to be object, got \[\]/,
  },
  {
    what: 'half an objective',
    text: edited({ objectives: [{ id: 'x' }] }),
    message: /expected objectives\[0\]\.level, got nothing/,
  },
  {
    what: 'a number that is none',
    text: whole.replace('12345', '1e999'),
    message: /delivery\.iterations to be number, got null/,
  },
  {
    what: 'an id that moves the cursor',
    text: edited({ run: { ...createVerdict().run, id: 'a\u001b[2J\u009b1A' } }),
    message: /^[^\p{Cc}]*run\.id to be a name of letters[^\p{Cc}]*$/u,
  },
  {
    what: 'a time that does not exist',
    text: edited({ run: { ...createVerdict().run, startedAt: '2026-13-45T00:00:00Z' } }),
    message: /run\.startedAt to be a time such as/,
  },
  {
    what: 'an id that leads elsewhere',
    text: edited({ run: { ...createVerdict().run, id: '../../etc' } }),
    message: /run\.id to be a name/,
  },
  {
    what: 'an INVALID verdict that was edited to PASS',
    text: edited({ verdict: 'PASS', reasons: [reason('NO_ITERATION', {})] }),
    message: /its verdict is PASS, and its reason NO_ITERATION makes it INVALID/,
  },
  {
    what: 'a FAIL that was edited to PASS',
    text: edited({ objectives: [createRow({ verdict: 'FAIL' })] }),
    message: /its verdict is PASS, and its reasons and required objectives make it FAIL/,
  },
  {
    what: 'a close PASS that was edited to a clear one',
    text: edited({ objectives: [createRow({ isClose: true })] }),
    message: /its verdict is PASS, .* make it PASS \(close\)/,
  },
]) {
  test(`${what} is no verdict`, async () => {
    await writeFile(path, text)
    await assert.rejects(readVerdict(path), { code: 'K6V_VERDICT_BROKEN', message })
  })
}

test('a folder without a verdict says what that means', async () => {
  const none = join(folder, 'none.json')
  await assert.rejects(readVerdict(none), {
    code: 'K6V_VERDICT_MISSING',
    hint: /npm run k6 -- judge .*k6\.log/,
  })
  await assert.rejects(readVerdict(folder), { code: 'K6V_VERDICT_MISSING' })
})

function edited(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...createVerdict(), ...changes })
}
