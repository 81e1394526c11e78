import type { AlertCase } from '../promtool.ts'
import { ended, run, RUN, type Series, steady } from './series.ts'

const rising = (pushes: number): Series => ({
  ...run(pushes),
  [`k6_verdict_planned_users{${RUN}}`]: `10+10x${pushes}`,
})

const pool = (inUse: string, waiting = '0'): Series => ({
  ...run(60),
  'sandbox_db_pool_in_use{job="sandbox"}': inUse,
  'sandbox_db_pool_waiting{job="sandbox"}': `${waiting}+0x60`,
  'sandbox_db_pool_max{job="sandbox"}': steady(100, 60),
})

const exhausted: AlertCase[] = [
  {
    title: 'all are in use, and somebody waits',
    series: pool(steady(100, 60), '3'),
    at: '1m',
    fires: [{ description: '3 requests wait for a database connection, for 20s at least.' }],
  },
  { title: 'all are in use, and nobody waits', series: pool(steady(100, 60)), at: '1m' },
  { title: 'one is free', series: pool(steady(99, 60), '3'), at: '1m' },
  {
    title: 'somebody waited for a moment',
    series: {
      ...pool(steady(100, 60)),
      'sandbox_db_pool_waiting{job="sandbox"}': '0+0x9 3+0x2 0+0x49',
    },
    at: '1m',
  },
  {
    title: 'after the run',
    series: ended(pool(steady(100, 60), '3')),
    at: '12m',
    fires: [{ description: '3 requests wait for a database connection, for 20s at least.' }],
  },
].map((each) => ({ ...each, alert: 'K6DatabasePoolExhausted' }))

const connections = (percent: string) => ({
  description: `${percent} of the database connections are in use.`,
})

// Five minutes are sixty values.
const poolPredicted: AlertCase[] = [
  {
    title: 'full within five minutes',
    series: pool('20+0.8x60'),
    at: '4m',
    fires: [connections('56.8%')],
  },
  { title: 'not within five minutes', series: pool('35+0.5x60'), at: '4m' },
  { title: 'grows as fast, but little is used', series: pool('5+0.9x60'), at: '4m' },
  { title: 'falls', series: pool('90-0.5x60'), at: '4m' },
  { title: 'the users grow as well', series: { ...pool('20+0.8x60'), ...rising(60) }, at: '4m' },
  {
    title: 'too new to tell',
    series: { ...pool('20+0.8x60'), 'sandbox_db_pool_in_use{job="sandbox"}': '_x24 40+0.8x36' },
    at: '3m30s',
  },
].map((each) => ({ ...each, alert: 'K6DatabasePoolExhaustionPredicted' }))

const memory = (series: string, values: string): Series => ({
  ...run(72),
  [series]: values,
  [`k6_verdict_machine_memory_bytes{${RUN}}`]: steady(1e9, 72),
})

const RSS = 'process_resident_memory_bytes{job="sandbox"}'
const K6 = `k6_verdict_generator_memory_bytes{${RUN}}`

const used = (component: string, percent: string) => ({
  description: `The ${component} has ${percent} of the memory of its machine.`,
  labels: { component },
})

// Half an hour is 360 values.
const memoryPredicted: AlertCase[] = [
  {
    title: 'the target leaks',
    series: memory(RSS, '200000000+1900000x72'),
    at: '5m20s',
    fires: [used('target', '32.16%')],
  },
  {
    title: 'the target leaks, but not that fast',
    series: memory(RSS, '220000000+1700000x72'),
    at: '5m20s',
  },
  {
    title: 'the target grows, but is small',
    series: memory(RSS, '170000000+2000000x72'),
    at: '5m20s',
  },
  {
    title: 'k6 leaks',
    series: memory(K6, '200000000+1900000x72'),
    at: '5m20s',
    fires: [used('generator', '32.16%')],
  },
  {
    title: 'k6 has more and more users',
    series: { ...memory(K6, '200000000+1900000x72'), ...rising(72) },
    at: '5m20s',
  },
  { title: 'k6 leaks, but not that fast', series: memory(K6, '220000000+1700000x72'), at: '5m20s' },
  { title: 'k6 grows, but is small', series: memory(K6, '170000000+2000000x72'), at: '5m20s' },
  { title: 'too new to tell', series: memory(RSS, '_x44 320000000+1900000x30'), at: '5m20s' },
].map((each) => ({ ...each, alert: 'K6MemoryExhaustionPredicted' }))

const available = (values: string): Series => ({
  ...run(72),
  'node_memory_MemAvailable_bytes{job="node"}': values,
  'node_memory_MemTotal_bytes{job="node"}': steady(1e9, 72),
})

const machineMemory: AlertCase[] = [
  {
    title: 'the machine runs out of memory',
    series: available('230000000-600000x72'),
    at: '5m',
    fires: [{ description: '19.4% of its memory is available.', labels: { component: 'machine' } }],
  },
  {
    title: 'less and less is available, but for long enough',
    series: available('220000000-450000x72'),
    at: '5m',
  },
  { title: 'as fast, but much is available', series: available('260000000-850000x72'), at: '5m' },
].map((each) => ({ ...each, alert: 'K6MemoryExhaustionPredicted' }))

const FREE = 'node_filesystem_avail_bytes{job="node",mountpoint="/",fstype="ext4"}'

const free = (values: string, series = FREE): Series => ({
  ...run(72),
  [series]: values,
  [series.replace('avail', 'size')]: steady(1e9, 72),
})

// Four hours are 2,880 values.
const disk: AlertCase[] = [
  {
    title: 'full within four hours',
    series: free('199000000-70000x72'),
    at: '5m',
    fires: [{ description: '19.48% of it is free.' }],
  },
  { title: 'not within four hours', series: free('199000000-63000x72'), at: '5m' },
  { title: 'as fast, but much is free', series: free('210000000-90000x72'), at: '5m' },
  {
    title: 'a file system in memory',
    series: free('199000000-70000x72', FREE.replace('ext4', 'tmpfs')),
    at: '5m',
  },
].map((each) => ({ ...each, alert: 'K6DiskExhaustionPredicted' }))

/** Cases of what runs out. */
export const EXHAUSTION_CASES: AlertCase[] = [
  ...exhausted,
  ...poolPredicted,
  ...memoryPredicted,
  ...machineMemory,
  ...disk,
]
