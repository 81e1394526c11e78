import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPromptStream, itemAt, type Prompt } from './data-generators.ts'
import { createMix } from './mix.ts'
import { PROMPT_TEMPLATES } from './prompt-templates.ts'

const MILLION = 1_000_000
const SHARES = { unicode: 0.1, veryLong: 0.02, repeated: 0.2 }

/** How far a count may be from its share, however long the stretch. */
const FEW = 8

/** `count` neighbours of a stream, one at a time: a million of them would not fit into memory. */
function* prompts(from: number, count: number, seed = 1): Generator<Prompt> {
  const stream = createPromptStream({ seed, shares: SHARES, longCharacters: 1_000 })
  for (let index = from; index < from + count; index++) yield stream.at(index)
}

function countBy(found: Iterable<Prompt>, key: (prompt: Prompt) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const prompt of found) counts.set(key(prompt), (counts.get(key(prompt)) ?? 0) + 1)
  return counts
}

function assertNear(count: number | undefined, expected: number, tolerance = FEW): void {
  const difference = Math.abs((count ?? 0) - expected)
  assert.ok(difference <= tolerance, `${count} instead of ${expected}`)
}

function texts(count: number, textAt: (index: number) => Prompt): string[] {
  return Array.from({ length: count }, (_, index) => textAt(index).text)
}

test('the same seed gives the same prompts in any order, another seed only others', () => {
  const stream = createPromptStream({ seed: 7, shares: SHARES })
  const again = createPromptStream({ seed: 7, shares: SHARES })
  const other = createPromptStream({ seed: 8, shares: SHARES })
  const backwards = texts(5_000, (index) => again.at(4_999 - index)).reverse()

  assert.deepEqual(backwards, texts(5_000, stream.at))
  const known = new Set(backwards)
  assert.ok(texts(5_000, other.at).every((text) => !known.has(text)))
})

for (const { from, count } of [
  { from: 0, count: 10_000 },
  { from: 123_456_789, count: 10_000 },
  { from: 0, count: MILLION },
]) {
  test(`kinds have their exact shares among ${count} prompts from the ${from}th on`, () => {
    for (const seed of [1, 2, 4_294_967_295]) {
      const counts = countBy(prompts(from, count, seed), ({ kind }) => kind)

      assertNear(counts.get('unicode'), count * SHARES.unicode)
      assertNear(counts.get('very-long'), count * SHARES.veryLong)
      assertNear(counts.get('repeated'), count * SHARES.repeated)
      assertNear(counts.get('plain'), count * 0.68)
    }
  })
}

test('each of the ten techniques is as frequent as any other, in every kind', () => {
  const fresh = [...prompts(0, 200_000)].filter(({ kind }) => kind !== 'repeated')
  const counts = countBy(fresh, ({ kind, technique }) => `${kind} ${technique}`)

  assert.equal(counts.size, 3 * 10)
  for (const technique of Object.keys(PROMPT_TEMPLATES)) {
    assertNear(counts.get(`unicode ${technique}`), 2_000, 20)
    assertNear(counts.get(`very-long ${technique}`), 400, 20)
    assertNear(counts.get(`plain ${technique}`), 13_600, 20)
  }
})

test('the shares hold for the iterations of one operation of a mix too', () => {
  const operationAt = createMix({ enhance: { weight: 70 }, other: { weight: 30 } }, 1)
  const stream = createPromptStream({ seed: 1, shares: SHARES })
  const enhanced: Prompt[] = []
  for (let index = 0; index < 100_000; index++) {
    if (operationAt(index) === 'enhance') enhanced.push(stream.at(index))
  }
  const counts = countBy(enhanced, ({ kind }) => kind)

  assertNear(counts.get('unicode'), enhanced.length * SHARES.unicode, 20)
  assertNear(counts.get('very-long'), enhanced.length * SHARES.veryLong, 20)
  assertNear(counts.get('repeated'), enhanced.length * SHARES.repeated, 20)
})

test('of a million prompts only the repeated ones occur twice', () => {
  const hashes = new Float64Array(MILLION)
  let fresh = 0
  for (const { text, kind } of prompts(0, MILLION)) {
    if (kind !== 'repeated') hashes[fresh++] = hash53(text)
  }
  const sorted = hashes.subarray(0, fresh).sort()
  let twice = 0
  for (let i = 1; i < fresh; i++) if (sorted[i] === sorted[i - 1]) twice++

  assertNear(fresh, MILLION * (1 - SHARES.repeated))
  assert.equal(twice, 0)
})

for (const stride of [1, 4]) {
  test(`indexes in steps of ${stride} repeat the whole pool evenly, word by word`, () => {
    const stream = createPromptStream({ seed: 3, shares: { repeated: 0.5 }, repeatPool: 40 })
    const found = Array.from({ length: 40_000 }, (_, index) => stream.at(index * stride))
    const counts = countBy(
      found.filter(({ kind }) => kind === 'repeated'),
      ({ text, technique }) => `${technique}: ${text}`,
    )

    assert.equal(counts.size, 40)
    for (const count of counts.values()) assertNear(count, 500, 20)
  })
}

test('a batch has its size, and shares no prompt with other batches or single prompts', () => {
  const stream = createPromptStream({ seed: 1, batchSize: 25 })
  const batches = Array.from({ length: 400 }, (_, index) => stream.batchAt(index))
  const batched = batches.flat().map(({ text }) => text)

  assert.ok(batches.every((batch) => batch.length === 25))
  assert.deepEqual(stream.batchAt(123), batches[123])
  assert.equal(new Set([...batched, ...texts(10_000, stream.at)]).size, 20_000)
})

test('batches have the shares of the stream, and no prompt twice within one', () => {
  const stream = createPromptStream({ seed: 1, shares: SHARES, batchSize: 25, repeatPool: 100 })
  const batches = Array.from({ length: 400 }, (_, index) => stream.batchAt(index))
  const counts = countBy(batches.flat(), ({ kind }) => kind)

  assertNear(counts.get('unicode'), 1_000)
  assertNear(counts.get('very-long'), 200)
  assertNear(counts.get('repeated'), 2_000)
  for (const batch of batches) assert.equal(new Set(batch.map(({ text }) => text)).size, 25)
})

test('live prompts name the items of the feed in time order, at its velocity', () => {
  const stream = createPromptStream({ seed: 1, itemsPerSecond: 250 })
  const items = Array.from({ length: 1_000 }, (_, index) => {
    const [, item] = /\.t(\d+)\.\d+\)$/.exec(stream.liveAt(index, index * 10).text) ?? []
    return Number(item)
  })

  // 250 items a second are 2.5 in the 10 ms between two iterations.
  assert.deepEqual(
    items,
    items.map((_, index) => Math.floor(index * 2.5)),
  )
  assert.equal(itemAt(-5, 250), 0)
})

test('iterations that meet the same item get different prompts', () => {
  const stream = createPromptStream({ seed: 1, itemsPerSecond: 1 })
  const live = texts(10_000, (index) => stream.liveAt(index, 1_500))

  assert.equal(new Set([...live, ...texts(10_000, stream.at)]).size, 20_000)
  assert.deepEqual(stream.liveAt(5, 1_500), stream.liveAt(5, 1_999))
  assert.notDeepEqual(stream.liveAt(5, 1_500), stream.liveAt(5, 2_000))
})

// cyrb53 (github.com/bryc/code): 53 bits, so that a million texts hardly ever collide by chance.
function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (low & 0x1fffff) + (high >>> 0)
}
