import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileAll, createPlan } from '../../../tests/support/sla/example.ts'
import type { Objective } from '../objective.ts'
import { timelineOf } from '../timeline.ts'
import { measureServer } from './measure-server.ts'
import type { RecordedServer, ServerScrape } from './server-details.ts'

const START_MS = 1_000_000_000_000
const MEMORY = 'process_resident_memory_bytes'
const CPU = 'process_cpu_seconds_total'

// The load is judged from 10 s to 90 s.
const timeline = timelineOf(createPlan().phases, START_MS)

interface Look {
  values?: Record<string, number>
  error?: string
  when?: 'idle' | 'load'
}

/** A look in each second: the first ten are not judged. */
function serverWith(looks: Look[], changes: Partial<RecordedServer> = {}): RecordedServer {
  const scrapes = looks.map(({ values = {}, error, when = 'load' }, index): ServerScrape => {
    const at = { atMs: START_MS + index * 1_000, when }
    if (error !== undefined) return { ...at, error }
    return { ...at, series: Object.entries(values).map(([name, value]) => [name, {}, value]) }
  })
  const names = [MEMORY, CPU, 'process_start_time_seconds']
  return { url: 'http://api/metrics', names, gauges: [MEMORY], scrapes, ...changes }
}

function looksOf(name: string, values: number[]): Look[] {
  const before = Array.from({ length: 10 }, () => ({ values: { [name]: 0 } }))
  return [...before, ...values.map((value) => ({ values: { [name]: value } }))]
}

function objectiveOf(raw: Record<string, unknown>): Objective<'server'> {
  const [{ objective } = assert.fail()] = compileAll([raw])
  return objective as Objective<'server'>
}

async function measured(raw: Record<string, unknown>, ...servers: RecordedServer[]) {
  return measureServer(objectiveOf(raw), { timeline, server: { servers } })
}

const PEAK = { indicator: { server: MEMORY, statistic: 'max' }, limit: '< 200MB' }

function ofMemory(statistic: string, limit = '< 200MB') {
  return { indicator: { server: MEMORY, statistic }, limit }
}

function ofCpu(statistic: string, limit = '< 80%') {
  return { indicator: { server: CPU, statistic }, limit }
}

describe('a statistic of a value', () => {
  const server = serverWith(looksOf(MEMORY, [5e6, 9e6, 7e6, 6e6]))

  for (const [statistic, value] of Object.entries({
    max: 9e6,
    min: 5e6,
    mean: 6.75e6,
    last: 6e6,
    growth: 1e6,
  })) {
    test(`${statistic} is that of the judged time`, async () => {
      const found = await measured(ofMemory(statistic), server)
      assert.deepEqual([found.value, found.samples], [value, 4])
    })
  }

  test('growth of a counter is what it counted, of what is called a gauge its difference', async () => {
    const indicator = { server: 'open_handles_total', statistic: 'growth' }
    const raw = { indicator, limit: '< 5 total' }
    const counted = serverWith(looksOf('open_handles_total', [7, 9, 1]))
    assert.equal((await measured(raw, counted)).value, 3)
    const gauge = { ...counted, gauges: ['open_handles_total'] }
    assert.equal((await measured(raw, gauge)).value, -6)
  })

  test('a growth may be below zero', async () => {
    const shrinking = serverWith(looksOf(MEMORY, [9e6, 5e6]))
    assert.equal((await measured(ofMemory('growth'), shrinking)).value, -4e6)
  })
})

describe('a rate of a counter', () => {
  test('of CPU seconds is a share of one core, mean and highest', async () => {
    const seconds = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5]
    const server = serverWith(looksOf(CPU, seconds))
    assert.ok(Math.abs(((await measured(ofCpu('rate'), server)).value ?? 0) - 0.55) < 1e-9)
    assert.ok(Math.abs(((await measured(ofCpu('max-rate'), server)).value ?? 0) - 1) < 1e-9)
  })

  test('goes on where the counter begins anew', async () => {
    const found = await measured(ofCpu('rate'), serverWith(looksOf(CPU, [10, 11, 1, 2])))
    assert.ok(Math.abs((found.value ?? 0) - 1) < 1e-9)
  })

  test('of a gauge is none', async () => {
    const raw = { indicator: { server: MEMORY, statistic: 'rate' }, limit: '< 1MB/s' }
    const { value, reason } = await measured(raw, serverWith(looksOf(MEMORY, [1, 2, 3])))
    assert.deepEqual([value, reason?.code], [undefined, 'RATE_OF_GAUGE'])
  })

  test('needs two looks', async () => {
    const { value, reason } = await measured(ofCpu('rate'), serverWith(looksOf(CPU, [3])))
    assert.deepEqual([value, reason?.code], [undefined, 'TOO_FEW_SCRAPES'])
  })
})

describe('several series of a metric', () => {
  const series = [
    ['heap', { space: 'old' }, 30],
    ['heap', { space: 'new' }, 10],
  ] as const
  const scrapes = [40, 41].map((second): ServerScrape => {
    return { atMs: START_MS + second * 1_000, when: 'load', series }
  })
  const server = { ...serverWith([]), names: ['heap'], scrapes }

  for (const [combine, value] of Object.entries({ sum: 40, max: 30, min: 10, mean: 20 })) {
    test(`become their ${combine}`, async () => {
      const indicator = { server: 'heap', statistic: 'max', combine }
      assert.equal((await measured({ indicator, limit: '< 1 units' }, server)).value, value)
    })
  }

  test('are added up unless the file says otherwise, and labels choose among them', async () => {
    const indicator = { server: 'heap', statistic: 'max' }
    const old = { ...indicator, labels: { space: 'old' } }
    assert.equal((await measured({ indicator, limit: '< 1 units' }, server)).value, 40)
    assert.equal((await measured({ indicator: old, limit: '< 1 units' }, server)).value, 30)
  })

  test('none with the labels is said, with those that there are', async () => {
    const indicator = { server: 'heap', statistic: 'max', labels: { space: 'olde' } }
    const { reason } = await measured({ indicator, limit: '< 1 units' }, server)
    assert.match(
      reason?.text ?? '',
      /labels \{"space":"olde"\}; there are: \{"space":"old"\}, \{"space":"new"\}/,
    )
  })
})

describe('what proves nothing has no value', () => {
  test('a metric that is not there, with the nearest names', async () => {
    const raw = {
      indicator: { server: 'process_resident_bytes', statistic: 'max' },
      limit: '< 1MB',
    }
    const { value, reason } = await measured(raw, serverWith(looksOf(MEMORY, [1, 2])))
    assert.deepEqual([value, reason?.code], [undefined, 'METRIC_MISSING'])
    assert.match(
      reason?.text ?? '',
      /no metric process_resident_bytes; nearest: process_resident_m/,
    )
  })

  test('more than half of the scrapes failed', async () => {
    const failed = { error: 'status 500' }
    const half = [...looksOf(MEMORY, [1, 2]), failed, failed]
    assert.equal((await measured(PEAK, serverWith(half))).value, 2)
    const { value, reason } = await measured(PEAK, serverWith([...half, failed]))
    assert.equal(value, undefined)
    assert.equal(reason?.text, '3 of 5 scrapes of http://api/metrics failed: status 500')
  })

  test('but a value above the limit is one, however many scrapes failed', async () => {
    const failed = Array.from({ length: 5 }, () => ({ error: 'status 500' }))
    const looks = [...looksOf(MEMORY, [3e8]), ...failed]
    assert.equal((await measured(PEAK, serverWith(looks))).value, 3e8)
    assert.equal((await measured(ofMemory('mean'), serverWith(looks))).value, undefined)
  })

  test('a growth over a restart', async () => {
    const looks = looksOf(MEMORY, [9e6, 9e6, 1e6, 1e6]).map(({ values }, index) => {
      return { values: { ...values, process_start_time_seconds: index < 12 ? 100 : 160 } }
    })
    const { reason } = await measured(ofMemory('growth'), serverWith(looks))
    assert.equal(reason?.code, 'SERVER_RESTARTED')
    assert.equal((await measured(PEAK, serverWith(looks))).value, 9e6)
  })

  test('no look at all, or none in time', async () => {
    assert.equal((await measured(PEAK)).reason?.code, 'SERVER_NOT_SCRAPED')
    const { reason } = await measured(PEAK, serverWith(looksOf(MEMORY, [])))
    assert.equal(reason?.code, 'NO_SCRAPE_IN_TIME')
  })
})

test('an idle target is judged before the load', async () => {
  const idle = [1, 1.01, 1.02].map((value) => {
    return { values: { [CPU]: value }, when: 'idle' } as const
  })
  const server = serverWith([...idle, ...looksOf(CPU, [9, 99])])
  const raw = { indicator: { server: CPU, statistic: 'rate', when: 'idle' }, limit: '< 5%' }
  assert.ok(Math.abs(((await measured(raw, server)).value ?? 0) - 0.01) < 1e-9)
})

test('of several servers the worst decides, and a region has its own', async () => {
  const small = serverWith(looksOf(MEMORY, [1e6, 1e6]), { region: 'us-east' })
  const large = serverWith(looksOf(MEMORY, [5e6, 5e6]), { region: 'eu-west' })
  const silent = serverWith([...looksOf(MEMORY, []), { error: 'ECONNREFUSED' }])
  assert.equal((await measured(PEAK, small, large)).value, 5e6)
  const least = ofMemory('min', '>= 3MB')
  assert.equal((await measured(least, large, small)).value, 1e6)
  assert.equal((await measured(PEAK, small, silent)).reason?.code, 'SCRAPES_FAILED')
  const tight = { ...PEAK, limit: '< 2MB' }
  assert.equal((await measured(tight, small, silent, large)).value, 5e6)

  const here = { where: { region: 'us-east' } }
  const [{ objective } = assert.fail()] = compileAll(
    [{ ...PEAK, ...here }],
    createPlan({ regions: ['us-east', 'eu-west'] }),
  )
  const found = await measureServer(objective as Objective<'server'>, {
    timeline,
    server: { servers: [large, small] },
  })
  assert.equal(found.value, 1e6)
})
