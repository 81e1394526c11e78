import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { SERVER_METRICS_FILE } from '../server-metrics/server-file.ts'
import { ratesOf, sumOf } from './combine-series.ts'
import { readHost, watchHost } from './watch-host.ts'
import { reportedResources } from './reported-resources.ts'
import { runResources } from './run-resources.ts'
import { addPoint, type KeptSeries, thinSeries } from './host-file.ts'

const PROC: Record<string, string> = {
  '/proc/meminfo': 'MemTotal:  1000 kB\nMemFree: 5 kB\nMemAvailable:  400 kB\n',
  '/proc/net/dev': `Inter-|   Receive                   |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
    lo:     100       1    0    0    0     0          0         0      200       1 0 0 0 0 0 0
  eth0: 5000 1 0 0 0 0 0 0 7000 1 0 0 0 0 0 0
`,
  '/proc/diskstats': ` 259 0 nvme0n1 10 0 100 5 20 0 40 7 0 1 2
 259 1 nvme0n1p1 10 0 100 5 20 0 40 7 0 1 2
   7 0 loop0 10 0 999 5 20 0 999 7 0 1 2
   8 0 sda 1 0 2 1 1 0 4 1 0 1 1
   8 1 sda1 1 0 2 1 1 0 4 1 0 1 1
`,
}

test('the system tells memory, network and disks; parts of a disk are not counted twice', () => {
  assert.deepEqual(
    readHost((path) => PROC[path]),
    {
      memoryUsedBytes: 600 * 1_024,
      receivedBytes: 5_100,
      sentBytes: 7_200,
      readBytes: 102 * 512,
      writtenBytes: 44 * 512,
    },
  )
  assert.deepEqual(
    readHost(() => undefined),
    {},
  )
})

test('a series that is too long has half the points, and its peaks', () => {
  const series: KeptSeries = { atMs: [], values: [] }
  for (let atMs = 0; atMs < 1_000; atMs += 1) {
    addPoint(series, { atMs, value: atMs === 777 ? 99 : atMs % 3 }, 100)
  }
  assert.ok(series.atMs.length > 50 && series.atMs.length <= 100)
  assert.ok(series.values.includes(99))
  assert.deepEqual(
    [...series.atMs].sort((a, b) => a - b),
    series.atMs,
  )
  assert.deepEqual(thinSeries({ atMs: [1, 2, 3], values: [5, 4, 3] }, 2), {
    atMs: [1, 3],
    values: [5, 3],
  })
})

test('series are added up by their moments, and a counter becomes a rate', () => {
  const one = { atMs: [0, 1_000], values: [1, 2] }
  const other = { atMs: [1_000, 2_000], values: [10, 20] }
  assert.deepEqual(sumOf([one, other]), { atMs: [0, 1_000, 2_000], values: [1, 12, 20] })
  assert.deepEqual(ratesOf({ atMs: [0, 1_000, 3_000], values: [4, 6, 2] }), {
    atMs: [1_000, 3_000],
    values: [2, 1],
  })
})

test('what was seen of both machines is read again, and drawn where it is known', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-host-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  assert.deepEqual(await runResources(folder), [])
  assert.equal(await reportedResources(folder), undefined)

  const host = watchHost(folder)
  await setTimeout(2_300)
  await host.stop()
  const cpu = (atMs: number, value: number) =>
    JSON.stringify({
      ...{ server: 0, atMs, when: 'load' },
      series: [['process_cpu_seconds_total', {}, value]],
    })
  const alert = { id: 'cpu', severity: 'critical', value: 2, text: '200%, expected < 50%' }
  const lines = [
    JSON.stringify({ server: 0, url: 'http://a/metrics' }),
    ...[cpu(1_000, 1), cpu(2_000, 1.5)],
    JSON.stringify({ server: 0, atMs: 2_000, alert }),
  ]
  await writeFile(join(folder, SERVER_METRICS_FILE), `${lines.join('\n')}\n`)

  const series = await runResources(folder)
  const heap = series.find(({ name }) => name === 'toolkit_heap_used_bytes')
  assert.ok((heap?.values.length ?? 0) >= 1 && (heap?.values[0] ?? 0) > 1e6)
  const { charts, alerts } = (await reportedResources(folder)) ?? assert.fail()
  assert.deepEqual(alerts, [{ atMs: 2_000, url: 'http://a/metrics', ...alert }])
  const process = charts.find(({ title }) => title.startsWith('CPU of the process'))
  assert.deepEqual(process?.lines, [{ label: 'CPU', atMs: [2_000], values: [0.5] }])
})
