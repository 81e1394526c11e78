// Seeded mutations of files and texts, for the fuzzing tests of this folder.
import assert from 'node:assert/strict'
import { createRandom, mixSeed, pick, type Random } from '../../lib/random.ts'

/** Changes a few places of a file: bytes are replaced, left out, doubled, put in or cut off. */
export function mutateBytes(random: Random, bytes: Buffer, tokens: readonly string[]): Buffer {
  let changed = bytes
  for (let left = below(random, 3) + 1; left > 0; left--) {
    changed = mutateOnce(random, changed, tokens)
  }
  return changed
}

function mutateOnce(random: Random, bytes: Buffer, tokens: readonly string[]): Buffer {
  const at = below(random, bytes.length + 1)
  const end = at + below(random, 1 + Math.min(200, bytes.length - at))
  const [before, part, after] = [
    bytes.subarray(0, at),
    bytes.subarray(at, end),
    bytes.subarray(end),
  ]
  const ways: (() => Buffer[])[] = [
    () => [before, Buffer.from([below(random, 256)]), bytes.subarray(at + 1)],
    () => [before, after],
    () => [before, part, part, after],
    () => [before, Buffer.from(pick(random, tokens)), bytes.subarray(at)],
    () => [before, Buffer.alloc(end - at), after],
    () => [before],
  ]
  return Buffer.concat(pick(random, ways)())
}

/** A whole number from 0 up to, and without, `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end)
}

export interface Fuzzing<Case> {
  /** Of the whole test; a case has one of its own. */
  seed: number
  cases: number
  create: (random: Random, index: number) => Case
  check: (value: Case) => void | Promise<void>
  /** A case as it is to be shown. @default as JSON */
  show?: (value: Case) => string
}

const SHOWN_LENGTH = 4_000

/** Checks many cases. A failure says its number, the seed, and what the case was. */
export async function fuzz<Case>({
  seed,
  cases,
  create,
  check,
  show,
}: Fuzzing<Case>): Promise<void> {
  for (let index = 0; index < cases; index++) {
    const value = create(createRandom(mixSeed(seed, index)), index)
    try {
      await check(value)
    } catch (error) {
      const shown = show?.(value) ?? JSON.stringify(value)
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      assert.fail(`case ${index} of seed ${seed}: ${reason}\n${shown.slice(0, SHOWN_LENGTH)}`)
    }
  }
}
