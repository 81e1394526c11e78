import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unknownNames } from './mistakes.ts'
import { ruleMistakes } from './rule-mistakes.ts'
import { workloadMistakes } from './workload-mistakes.ts'
import type { Workload } from './workload.ts'

const run = (): void => undefined
const GOOD: Workload = {
  name: 'shop',
  auth: { authenticator: () => ({ headers: {}, renewAtMs: Infinity, renew: () => false }) },
  thinkTime: { minSeconds: 0.4, maxSeconds: 1.3 },
  operations: { buy: { weight: 7, run }, look: { weight: 0.5, run } },
  setup: run,
  k6Options: { hosts: { 'shop.test': '127.0.0.1' }, noCookiesReset: true },
}

/** TypeScript does not look into a plain `object`, as it does not look at a script in JavaScript. */
const mistakesOf = (change: object): string[] => workloadMistakes({ ...GOOD, ...change })

test('a workload without mistakes has none', () => {
  assert.deepEqual(workloadMistakes(GOOD), [])
})

for (const { change, mistake } of [
  {
    change: { operations: { buy: { weight: '30', run } } },
    mistake: /operations\.buy\.weight.*"30"/,
  },
  {
    change: { operations: { buy: { weight: -30, run } } },
    mistake: /buy\.weight to be a number above 0, or 0 .*got -30/,
  },
  { change: { operations: { buy: { weight: NaN, run } } }, mistake: /buy\.weight/ },
  { change: { operations: { buy: { weight: 1 } } }, mistake: /buy\.run to be a function/ },
  { change: { operations: { buy: { wieght: 1, weight: 1, run } } }, mistake: /"wieght".*weight\?/ },
  { change: { operations: {} }, mistake: /at least one operation/ },
  {
    change: { operations: { buy: { weight: 0, run } } },
    mistake: /at least one of operations to have a weight above 0/,
  },
  {
    change: { mixes: { sale: {} } },
    mistake: /mixes\.sale to name an operation/,
  },
  { change: { mixes: { sale: { by: 1 } } }, mistake: /mixes\.sale has "by".*buy\?/ },
  {
    change: { mixes: { sale: { buy: 0 } } },
    mistake: /mixes\.sale\.buy to be a number above 0, got 0/,
  },
  {
    change: { thinkTime: { minSeconds: 2, maxSeconds: 0.6 } },
    mistake: /minSeconds to be at most maxSeconds \(0\.6\), got 2/,
  },
  {
    change: { thinkTime: { medianSeconds: 0, p95Seconds: 1 } },
    mistake: /medianSeconds to be above 0/,
  },
  { change: { thinkTime: { second: 1 } }, mistake: /thinkTime to be \{ seconds \}/ },
  { change: { thinktime: { seconds: 1 } }, mistake: /"thinktime".*thinkTime\?/ },
  { change: { auth: undefined }, mistake: /auth to be a log-in/ },
  { change: { requestTimeoutSeconds: 0 }, mistake: /requestTimeoutSeconds/ },
  { change: { teardown: true }, mistake: /teardown to be a function/ },
  { change: { k6Options: { vus: 5 } }, mistake: /k6Options has "vus"/ },
  { change: { k6Options: { noCookieReset: true } }, mistake: /noCookiesReset\?/ },
]) {
  test(`${JSON.stringify(change)} is named`, () => {
    const mistakes = mistakesOf(change)

    assert.equal(mistakes.length, 1, mistakes.join('\n'))
    assert.match(mistakes[0] ?? '', mistake)
  })
}

test('all mistakes of a workload are named at once', () => {
  const change = { name: '', thinkTime: { seconds: -1 }, operations: { a: { weight: 0 } } }

  assert.equal(mistakesOf(change).length, 4)
})

for (const { schema, mistake } of [
  {
    schema: { properties: { id: { minimun: 1 } } },
    mistake: /schema properties\.id has "minimun".*minimum\?/,
  },
  {
    schema: { minimum: 2, maximum: 1 },
    mistake: /schema minimum to be at most maximum \(1\), got 2/,
  },
  { schema: { items: { minLength: '3' } }, mistake: /items minLength to be a number, got "3"/ },
  { schema: { type: 'strng' }, mistake: /type to be string, number/ },
  { schema: { anyOf: { type: 'string' } }, mistake: /anyOf to be a list/ },
  { schema: { pattern: '(' }, mistake: /pattern to be a regular expression/ },
  { schema: { $ref: '#/$defs/order' }, mistake: /\$ref to be a place of the same document/ },
  { schema: { $ref: 'other.json#/order' }, mistake: /\$ref to be a place of the same document/ },
  { schema: { patternProperties: {} }, mistake: /has "patternProperties", which nothing reads/ },
  { schema: { $ref: '#/$defs/a', $defs: { a: { maxItem: 1 } } }, mistake: /"maxItem".*maxItems\?/ },
]) {
  test(`the schema ${JSON.stringify(schema)} is refused`, () => {
    const mistakes = ruleMistakes({ name: 'GET /orders' }, { schema: schema as never })

    assert.ok(mistakes.length >= 1)
    assert.match(mistakes.join('\n'), mistake)
    assert.match(mistakes[0] ?? '', /GET \/orders: schema|#\//)
  })
}

test('annotations and extensions of OpenAPI are no mistakes', () => {
  const schema = { title: 'Order', example: {}, 'x-order': 1, deprecated: true, type: 'object' }

  assert.deepEqual(ruleMistakes({ name: 'GET /orders' }, { schema: schema as never }), [])
})

test('what is meant is guessed by a letter or two', () => {
  const hints = ['statuss', 'statsu', 'Status', 'tatus', 'stutus', 'other'].map(
    (name) => unknownNames({ [name]: 1 }, ['status'], 'it')[0],
  )

  assert.equal(hints.filter((hint) => hint?.includes('did you mean status?')).length, 5)
})
