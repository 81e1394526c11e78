import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type GeneratorReading, generatorSamples } from './generator-per-second.ts'
import { createReading } from '../../tests/support/run/generator-example.ts'

test('a sample is what was used since the one before', () => {
  const samples = generatorSamples([createReading(0), createReading(1), createReading(3)])

  assert.deepEqual(samples.map(rounded), [
    { ...times(1, 1), ...FIGURES },
    { ...times(3, 2), ...FIGURES },
  ])
})

test('no reading or one is no sample', () => {
  assert.deepEqual(generatorSamples([]), [])
  assert.deepEqual(generatorSamples([createReading(0)]), [])
})

describe('what k6 did not tell', () => {
  test('is unknown before k6 listens and after it is gone', () => {
    const readings = [without(0, 'k6'), without(1, 'k6'), createReading(2), createReading(3)]
    const samples = generatorSamples([...readings, without(4, 'k6')])

    assert.deepEqual(
      samples.map(({ k6CpuCores }) => rough(k6CpuCores)),
      [undefined, undefined, 0.6, undefined],
    )
    assert.deepEqual(
      samples.map(({ othersCpuCores }) => rough(othersCpuCores)),
      [undefined, undefined, 0.3, undefined],
    )
  })

  test('is its mean over a gap, for it counts on', () => {
    const k6 = { cpuSeconds: 3.8 }
    const readings = [createReading(0), without(1, 'k6'), createReading(2, { k6 })]

    const samples = generatorSamples(readings)
    assert.deepEqual(
      samples.map(({ k6CpuCores }) => k6CpuCores),
      [1.9, 1.9],
    )
    assert.deepEqual(samples[0]?.k6MemoryBytes, undefined)
  })

  test('stays unknown over a gap that a mean says too little of', () => {
    const [shortest] = generatorSamples([createReading(0), createReading(10)])
    const [tooLong] = generatorSamples([createReading(0), createReading(10.1)])

    assert.equal(rough(shortest?.k6CpuCores), 0.6)
    assert.equal(tooLong?.k6CpuCores, undefined)
  })

  test('stays unknown when its time went back', () => {
    const samples = generatorSamples([createReading(5), { ...createReading(6), k6: K6_ANEW }])

    assert.equal(samples[0]?.k6CpuCores, undefined)
  })
})

test('what k6 allocates per collection needs two of them, with whole cycles between', () => {
  const bytes = [0, 1, 2, 5].map((collections) => {
    const k6 = { cpuSeconds: 1, collections, allocatedBytes: 400 }
    const start = createReading(0, { k6: { cpuSeconds: 0, collections: 0, allocatedBytes: 0 } })
    return generatorSamples([start, createReading(1, { k6 })])[0]?.k6BytesPerCollection
  })

  assert.deepEqual(bytes, [undefined, undefined, 400, 100])
})

test('the wait of k6 is reported by its length each time, and by how many threads wait', () => {
  const k6 = (seconds: number, turns: number) => ({ cpuSeconds: 1, wait: { seconds, turns } })
  const between = (from: number, to: number, turns: number) =>
    generatorSamples([
      createReading(0, { k6: k6(from, 1_000) }),
      createReading(2, { k6: k6(to, 1_000 + turns) }),
    ])[0]

  const { k6WaitingThreads, k6WaitMs } = between(1, 1.5, 1_000) ?? {}
  assert.deepEqual([k6WaitingThreads, k6WaitMs], [0.25, 0.5])
  assert.deepEqual(between(1.5, 1, 0)?.k6WaitingThreads, 0)
  assert.deepEqual(between(1, 1, 0)?.k6WaitMs, undefined)
  assert.equal(
    'k6WaitMs' in (generatorSamples([createReading(0), createReading(1)])[0] ?? {}),
    false,
  )
})

describe('the CPU time of others', () => {
  const others = (changes: Partial<GeneratorReading>): number | undefined =>
    rough(generatorSamples([createReading(0), createReading(1, changes)])[0]?.othersCpuCores)
  const machine = { busySeconds: 1.5, idleSeconds: 0.5 }

  test('is what neither k6 nor the toolkit used', () => {
    assert.equal(others({ machine }), 0.8)
  })

  test('leaves out interrupts that the kernel counts apart', () => {
    assert.equal(others({ machine: { ...machine, interruptSeconds: 0.2 } }), 0.6)
  })

  test('leaves out what the host of the machine takes', () => {
    assert.equal(others({ machine: { ...machine, stealSeconds: 0.3 } }), 0.5)
  })

  test('is never negative: counters of different clocks differ by a tick', () => {
    assert.equal(others({ machine: { busySeconds: 0.69, idleSeconds: 1.31 } }), 0)
  })

  test('is unknown without the time of k6, the toolkit or the machine', () => {
    for (const missing of ['k6', 'own', 'machine'] as const) {
      const [sample] = generatorSamples([createReading(0), without(1, missing)])
      assert.equal(sample?.othersCpuCores, undefined)
    }
  })
})

for (const { wallMs, jump } of [
  { wallMs: 1_250, jump: undefined },
  { wallMs: 1_251, jump: 251 },
  { wallMs: 750, jump: undefined },
  { wallMs: -2_000, jump: -3_000 },
]) {
  test(`a wall clock that goes ${wallMs} ms in a second ${jump ? 'jumps' : 'does not jump'}`, () => {
    const start = createReading(0)
    const after = createReading(1, { atMs: start.atMs + wallMs })

    assert.equal(generatorSamples([start, after])[0]?.clockJumpMs, jump)
  })
}

const K6_ANEW = { cpuSeconds: 0.1 }

const FIGURES = {
  k6CpuCores: 0.6,
  k6MemoryBytes: 1_000,
  busyCpuCores: 1,
  idleCpuCores: 1,
  stealCpuCores: 0,
  ownCpuCores: 0.1,
  sandboxCpuCores: 0.1,
  othersCpuCores: 0.3,
}

function times(seconds: number, spanSeconds: number) {
  const atMs = 1_700_000_000_000 + seconds * 1_000
  return { atMs, elapsedMs: seconds * 1_000, spanMs: spanSeconds * 1_000 }
}

function without(seconds: number, missing: 'k6' | 'own' | 'machine'): GeneratorReading {
  const reading = createReading(seconds)
  Reflect.deleteProperty(reading, missing)
  return reading
}

function rounded(sample: object): object {
  return Object.fromEntries(
    Object.entries(sample).map(([name, value]) => [name, rough(value as number)]),
  )
}

function rough(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 1_000) / 1_000
}
