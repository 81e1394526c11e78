import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { GeneratorSample } from '../../generator/generator-sample.ts'
import {
  type Changes,
  COLLECTING,
  MIB,
  NO_WAIT,
  sample,
  SATURATED,
  seconds,
  SHARED,
  START_MS,
  STARVED,
  UNKNOWN,
} from '../../../tests/support/verdict/generator-example.ts'
import { type GeneratorInput, judgeGenerator } from './generator-health.ts'

test('a generator with CPU and memory to spare has facts and no faults', () => {
  const { perSecond, ...health } = judge(seconds(20), { memoryLimitBytes: 1_000 * MIB })
  assert.equal(perSecond?.length, 20)
  assert.deepEqual(health, {
    judgedSeconds: 20,
    seconds: {
      ...{ k6: 20, machine: 20 },
      ...{ saturated: 0, starved: 0, full: 0, collecting: 0, unproven: 0 },
    },
    cpus: 2,
    memoryLimitBytes: 1_000 * MIB,
    k6CpuCores: { median: 1, peak: 1 },
    k6WaitingThreads: { median: 0.1, peak: 0.1 },
    k6WaitMs: { median: 0.02, peak: 0.02 },
    k6MemoryBytes: { median: 100 * MIB, peak: 100 * MIB },
    busyCpuCores: { median: 1.3, peak: 1.3 },
    stealCpuCores: { median: 0, peak: 0 },
    ownCpuCores: { median: 0.2, peak: 0.2 },
    othersCpuCores: { median: 0.1, peak: 0.1 },
    clockJumpMs: 0,
    faults: [],
    notes: [],
  })
})

describe('a tenth of the seconds may be bad, and two in any case', () => {
  const cases: { what: string; changes: Changes; fault: RegExp }[] = [
    { what: 'saturated', changes: SATURATED, fault: /^k6 had no CPU to spare in 5 of 40 s/ },
    { what: 'starved', changes: STARVED, fault: /^k6 waited for a CPU in 5 of 40 s/ },
    { what: 'collecting', changes: COLLECTING, fault: /GOMEMLIMIT, 314.6 MB.* in 5 of 40 s/ },
    {
      what: 'unproven',
      changes: { ...SATURATED, ...UNKNOWN },
      fault: /^Nothing shows .* in 5 of 40 s/,
    },
  ]
  for (const { what, changes, fault } of cases) {
    test(`a ${what} generator`, () => {
      const { faults } = judge([...seconds(35), ...seconds(5, changes)])
      assert.equal(faults.length, 1)
      assert.match(faults[0]?.text ?? '', fault)
      assert.deepEqual(judge([...seconds(36), ...seconds(4, changes)]).faults, [])

      assert.deepEqual(judge(seconds(2, changes)).faults, [])
      assert.equal(judge(seconds(3, changes)).faults.length, 1)
    })
  }
})

test('a fault says how bad it was and what to do', () => {
  assert.deepEqual(told(seconds(9, SATURATED)), [
    'GENERATOR_CPU_SATURATED: k6 had no CPU to spare in 9 of 9 s (it used up to 1.80 of 2), so its latencies include its own wait: use fewer users, more think time, a lower rate, or more machines',
  ])
  assert.deepEqual(told(seconds(9, { ...STARVED, stealCpuCores: 0.3 })), [
    'GENERATOR_CPU_STARVED: k6 waited for a CPU in 9 of 9 s (up to 0.6 ms each time), while other processes used up to 0.60, the host 0.30 of 2 CPUs: end them, or give k6 a machine without them and without the target',
  ])
  assert.deepEqual(told(seconds(9, { ...STARVED, ...NO_WAIT, idleCpuCores: 0 })), [
    'GENERATOR_CPU_STARVED: No CPU was idle in 9 of 9 s, while other processes used up to 0.60 of 2 CPUs; how long k6 waited is not known on this system: end them, or give k6 a machine without them and without the target',
  ])
})

test('where only the host of the virtual machine took the CPU, no process is to be ended', () => {
  for (const wait of [{ k6WaitMs: 0.02 }, NO_WAIT]) {
    assert.deepEqual(told(seconds(9, { ...SHARED, ...wait, stealCpuCores: 0.9 })), [
      'GENERATOR_CPU_STARVED: The host of this virtual machine took up to 0.90 of 2 CPUs in 9 of 9 s: give k6 a machine that has its CPUs to itself',
    ])
  }
})

describe('a neighbour that uses all that k6 leaves', () => {
  const busy = { k6CpuCores: 0.1, busyCpuCores: 2, idleCpuCores: 0, othersCpuCores: 1.9 }

  test('does no harm while k6 need not wait', () => {
    const { faults, notes, seconds: counted } = judge(seconds(33, { ...busy, k6WaitMs: 0.1 }))
    assert.deepEqual([faults, counted.full], [[], 33])
    assert.deepEqual(
      notes.map(({ code }) => code),
      ['GENERATOR_MACHINE_FULL'],
    )
  })

  test("spoils the run where k6 waits, be it the toolkit's own sandbox", () => {
    const sandbox = { ...busy, othersCpuCores: 0, ownCpuCores: 1.9, sandboxCpuCores: 1.9 }
    for (const neighbour of [busy, sandbox]) {
      const [fault] = judge(seconds(33, { ...neighbour, k6WaitMs: 2 })).faults
      assert.equal(fault?.code, 'GENERATOR_CPU_STARVED')
    }
  })
})

test('one sample over a long time counts as all of that time', () => {
  const { seconds: counted, faults } = judge([
    ...seconds(10),
    sample(13, { ...SATURATED, spanMs: 3_000 }),
  ])

  assert.equal(counted.saturated, 3)
  assert.equal(faults.length, 1)
})

test('only the judged time is judged', () => {
  const samples = [
    ...seconds(5, SATURATED),
    ...seconds(10).map(later(5)),
    ...seconds(5, STARVED).map(later(15)),
  ]
  const judged = { fromMs: START_MS + 5_000, toMs: START_MS + 15_000 }

  const { judgedSeconds, seconds: counted, faults } = judge(samples, judged)
  assert.deepEqual([judgedSeconds, counted.k6, faults], [10, 10, []])
  assert.equal(judge(samples).faults.length, 2)
})

describe('memory that runs out', () => {
  const peak = (mebibytes: number) => [
    ...seconds(20),
    sample(21, { k6MemoryBytes: mebibytes * MIB }),
  ]

  test('is a fault from one second on', () => {
    const limit = { memoryLimitBytes: 1_000 * MIB }
    assert.deepEqual(judge(peak(950), limit).faults, [])
    assert.match(judge(peak(951), limit).faults[0]?.text ?? '', /^k6 had 997.2 MB of 1 GB/)
  })

  test('cannot be told without a limit', () => {
    assert.deepEqual(judge(peak(99_999)).faults, [])
  })
})

describe('a clock that was set', () => {
  const jumps = (...jumpsMs: number[]) => [
    ...jumpsMs.map((clockJumpMs, index) => sample(index + 1, { clockJumpMs })),
    ...seconds(10).map(later(jumpsMs.length)),
  ]

  test('is a fault above a second in all, whichever way it went', () => {
    assert.deepEqual(judge(jumps(500, -500)).faults, [])
    assert.match(judge(jumps(500, -501)).faults[0]?.text ?? '', /^The clock jumped by 1.0 s/)
  })

  test('is a fault before the judged time too, for that moves with it', () => {
    const judged = { fromMs: START_MS + 5_000, toMs: START_MS + 11_000 }
    assert.match(judge(jumps(-3_600_000), judged).faults[0]?.text ?? '', /by 3600.0 s/)
  })
})

describe('what is not known', () => {
  test('is noted where an idle machine proves that k6 had enough', () => {
    const idle = { ...UNKNOWN, k6MemoryBytes: undefined }
    const { faults, notes, k6CpuCores } = judge([...seconds(4), ...seconds(6, idle).map(later(4))])

    assert.deepEqual(faults, [])
    assert.match(notes[0]?.text ?? '', /^k6's own CPU and memory could be read in only 4 of 10 s/)
    assert.equal(k6CpuCores?.peak, 1)
    assert.deepEqual(judge([...seconds(5), ...seconds(5, idle)]).notes, [])
    assert.deepEqual(judge(seconds(4, idle)).notes, [])
  })

  test('is a fault where the machine was busy', () => {
    const { faults, notes } = judge(seconds(10, { ...SHARED, ...UNKNOWN }))

    assert.equal(faults.length, 1)
    assert.equal(notes.length, 2)
  })

  test('is a fault when there is no sample at all', () => {
    const { faults } = judge([], { fromMs: START_MS, toMs: START_MS + 5_000 })

    assert.match(faults[0]?.text ?? '', /^Nothing shows that k6 had CPU enough in 5 of 5 s/)
  })

  test('is none of the time that k6 did not run any more', () => {
    const { faults, notes } = judge(seconds(10), { fromMs: START_MS, toMs: START_MS + 60_000 })

    assert.deepEqual(faults, [])
    assert.equal(notes.length, 2)
  })
})

test('a full machine that the load and its sandbox share is noted', () => {
  const { faults, notes } = judge(seconds(10, SHARED))

  assert.deepEqual(faults, [])
  assert.deepEqual(
    notes.map(({ text }) => text),
    [
      'No CPU was idle in 10 of 10 s (k6 1.20, sandbox 0.00, others 0.10 of 2 CPUs), and k6 waited 0.02 ms for one each time: latencies may include a wait for a CPU',
    ],
  )
})

function later(bySeconds: number) {
  return (one: GeneratorSample): GeneratorSample => ({ ...one, atMs: one.atMs + bySeconds * 1_000 })
}

function told(samples: GeneratorSample[]): string[] {
  return judge(samples).faults.map(({ code, text }) => `${code}: ${text}`)
}

function judge(samples: GeneratorSample[], input: Partial<GeneratorInput> = {}) {
  return judgeGenerator({ samples, cpus: 2, ...input })
}
