import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type DemoMachine, demoSize, demoText } from './demo-size.ts'

const SPIKE = {
  ...({ model: 'closed', target: 1_000, thinkSeconds: 0.85, judges: 'all' } as const),
  parts: [{ name: 'spike', weight: 1 }],
}
const MIX = { ...SPIKE, model: 'open' } as const
const TWO_SLOW: DemoMachine = { cpus: 2, othersCpu: 0, slowness: 1 }

describe('the users of a demo', () => {
  const cases: [what: string, machine: Partial<DemoMachine>, size: number | undefined][] = [
    ['two slow CPUs', {}, 600],
    ['two of half that speed', { slowness: 2 }, 300],
    ['two of twice that speed', { slowness: 0.5 }, undefined],
    ['four CPUs', { cpus: 4 }, undefined],
    ['half a CPU used by others', { othersCpu: 0.5 }, 450],
    ['one CPU used by others', { othersCpu: 1 }, 300],
    ['all of them used by others', { othersCpu: 2.1 }, 100],
  ]
  for (const [what, machine, size] of cases) {
    test(`with ${what} are ${size ?? 'all'}`, () => {
      assert.equal(demoSize(SPIKE, { ...TWO_SLOW, ...machine }), size)
    })
  }

  test('are few enough for half of the free CPU, and never more than asked for', () => {
    for (const othersCpu of [0, 0.3, 0.9, 1.4]) {
      const size = demoSize(SPIKE, { ...TWO_SLOW, othersCpu }) ?? 1_000
      const cores = ((size / 0.95) * 1.5) / 1_000
      assert.ok(cores <= (2 - othersCpu) / 2, `${size} users take ${cores} CPUs`)
      assert.ok(size <= 1_000)
    }
    assert.equal(demoSize({ ...SPIKE, target: 100 }, TWO_SLOW), undefined)
  })

  test('are at least one', () => {
    assert.equal(demoSize({ ...SPIKE, target: 5 }, { ...TWO_SLOW, othersCpu: 2 }), 1)
  })
})

test('browsers are few: one CPU carries an iteration in two seconds', () => {
  const page = { ...SPIKE, thinkSeconds: 1.2, browser: true }
  assert.equal(demoSize(page, TWO_SLOW), 1)
  assert.equal(demoSize(page, { ...TWO_SLOW, cpus: 16 }), 10)
  assert.equal(demoSize({ ...page, model: 'open' }, { ...TWO_SLOW, othersCpu: 2 }), 1)
})

test('no part of a small demo is without a user', () => {
  const parts = [40, 40, 10, 5, 5].map((weight) => ({ name: String(weight), weight }))
  const busy = { ...TWO_SLOW, othersCpu: 2 }
  assert.equal(demoSize({ ...SPIKE, target: 100, parts }, busy), 11)
})

test('an open model is made smaller by its rate', () => {
  assert.equal(demoSize(MIX, TWO_SLOW), 650)
  assert.match(
    demoText(MIX, { size: 650, machine: TWO_SLOW }),
    /^650 of 1,000 iterations\/s, .*; --rate 1000 for all$/,
  )
})

test('one pass and a search for the limit stay as they are', () => {
  const tiny = { ...TWO_SLOW, slowness: 50 }

  assert.equal(demoSize({ ...SPIKE, model: 'once', target: 1 }, tiny), undefined)
  assert.equal(demoSize({ ...MIX, judges: 'steps' }, tiny), undefined)
})

test('one line says how much of the load it is, why, and how to get all of it', () => {
  const told = (machine: Partial<DemoMachine>) =>
    demoText(SPIKE, { size: 400, machine: { ...TWO_SLOW, ...machine } })

  assert.equal(
    told({}),
    '400 of 1,000 users, as this machine has 2 slow CPUs; --users 1000 for all',
  )
  assert.equal(
    told({ othersCpu: 0.5, slowness: 0.5 }),
    '400 of 1,000 users, as this machine has 2 CPUs, of which others use 0.5; --users 1000 for all',
  )
  assert.match(told({ cpus: 1 }), /has 1 slow CPU;/)
})
