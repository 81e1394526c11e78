import type { AlertCase } from '../promtool.ts'
import { ended, phase, requests, run, RUN, type Series, steady } from './series.ts'

const iterations = (perPush: number, dropped: string): Series => ({
  ...run(24),
  ...(perPush > 0 && { [`k6_iterations_total{${RUN}}`]: `${perPush}+${perPush}x24` }),
  ...(dropped !== '' && { [`k6_dropped_iterations_total{${RUN}}`]: dropped }),
})

const dropped = (percent: string) => ({
  description: `${percent} of the iterations of the last 1m found no free user.`,
})

const notDelivered: AlertCase[] = [
  {
    title: 'a little over one in a hundred is dropped',
    series: iterations(1_000, '11+11x24'),
    at: '2m',
    fires: [dropped('1.088%')],
  },
  { title: 'a little under one in a hundred', series: iterations(1_000, '9+9x24'), at: '2m' },
  { title: 'none is dropped', series: iterations(1_000, ''), at: '2m' },
  { title: 'all are dropped', series: iterations(0, '9+9x24'), at: '2m', fires: [dropped('100%')] },
  { title: 'four of few', series: iterations(2, '_x12 1+0x3 2+0x1 4+0x8'), at: '1m45s' },
  {
    title: 'six of few',
    series: iterations(2, '_x12 1+0x3 2+0x1 6+0x8'),
    at: '1m45s',
    fires: [dropped('20%')],
  },
  {
    title: 'a run in steps, which is to find out when it happens',
    series: { ...iterations(1_000, '11+11x24'), [phase('step-3')]: steady(1, 24) },
    at: '2m',
  },
  {
    title: 'after the run',
    series: ended(iterations(1_000, '11+11x24')),
    at: '9m',
    fires: [dropped('1.088%')],
  },
  {
    title: 'a sound run under the labels of one that dropped',
    series: {
      ...run(240),
      [`k6_iterations_total{${RUN}}`]: '1000+1000x24 stale _x150 1000+1000x60',
      [`k6_dropped_iterations_total{${RUN}}`]: '11+11x24 stale',
    },
    at: '19m',
  },
].map((each) => ({ ...each, alert: 'K6LoadNotDelivered' }))

const users = (active: number, planned: string): Series => ({
  [`k6_vus{${RUN},instance="0"}`]: steady(active / 2, 24),
  [`k6_vus{${RUN},instance="1"}`]: steady(active / 2, 24),
  [`k6_verdict_planned_users{${RUN}}`]: planned,
})

const usersMissing: AlertCase[] = [
  {
    title: 'two of a hundred are missing',
    series: users(98, steady(100, 24)),
    at: '1m30s',
    fires: [{ description: '98% of the planned users are active.' }],
  },
  { title: 'one of two hundred is missing', series: users(199, steady(200, 24)), at: '1m30s' },
  { title: 'they are still being added', series: users(10, '10+4x24'), at: '1m30s' },
  {
    title: 'the plan moves by less than a fiftieth in a minute',
    series: users(900, '1000+1.25x24'),
    at: '1m30s',
    fires: [{ description: '88.02% of the planned users are active.' }],
  },
  {
    title: 'the plan moves by more than a fiftieth in a minute',
    series: users(900, '1000+2.5x24'),
    at: '1m30s',
  },
  { title: 'an open model plans no users', series: users(98, '_x24'), at: '1m30s' },
].map((each) => ({ ...each, alert: 'K6UsersMissing' }))

const cpu = (k6: number, others: number): Series => ({
  ...run(24),
  [`k6_verdict_generator_cpu_ratio{${RUN}}`]: steady(k6, 24),
  [`k6_verdict_others_cpu_ratio{${RUN}}`]: steady(others, 24),
})

const busy = (percent: string) => ({ description: `${percent} of the CPUs of k6 are busy.` })

const generator: AlertCase[] = [
  { title: 'k6 uses nearly all', series: cpu(0.92, 0), at: '1m', fires: [busy('92%')] },
  { title: 'k6 leaves a little', series: cpu(0.88, 0), at: '1m' },
  { title: 'others use the rest', series: cpu(0.5, 0.47), at: '1m', fires: [busy('97%')] },
  { title: 'others use less than the rest', series: cpu(0.5, 0.43), at: '1m' },
  { title: 'nobody measures it', series: run(24), at: '1m' },
].map((each) => ({ ...each, alert: 'K6GeneratorSaturated' }))

const CPU = 'process_cpu_seconds_total{job="sandbox",instance="a"}'

/** A target that is this busy, from 0 to 1. */
const utilised = (ratio: number): Series => ({ ...run(48), [CPU]: `0+${ratio * 5}x48` })

const headroom: AlertCase[] = [
  {
    title: 'the CPU is nearly always busy',
    series: utilised(0.84),
    at: '3m',
    fires: [{ description: 'cpu is at 84%.', labels: { resource: 'cpu' } }],
  },
  { title: 'the CPU rests now and then', series: utilised(0.78), at: '3m' },
  {
    title: 'the pool is nearly always full',
    series: {
      ...utilised(0.3),
      'sandbox_db_pool_in_use{job="sandbox"}': steady(9, 48),
      'sandbox_db_pool_max{job="sandbox"}': steady(10, 48),
    },
    at: '3m',
    fires: [{ description: 'database-pool is at 90%.', labels: { resource: 'database-pool' } }],
  },
  {
    title: 'the machine has no CPU left',
    series: {
      ...run(48),
      'node_cpu_seconds_total{job="node",instance="a",cpu="0",mode="idle"}': '0+1x48',
      'node_cpu_seconds_total{job="node",instance="a",cpu="1",mode="idle"}': '0+0.5x48',
    },
    at: '3m',
    fires: [{ description: 'machine is at 85%.', labels: { resource: 'machine' } }],
  },
  { title: 'no run is under way', series: { [CPU]: '0+4.5x48' }, at: '3m' },
].map((each) => ({ ...each, alert: 'K6HeadroomLow' }))

const serving = (perPush: number, utilisation: number): Series => ({
  ...utilised(utilisation),
  ...requests({ good: perPush, pushes: 48 }),
})

const capacity: AlertCase[] = [
  {
    title: '70 requests per second at 60 % make less than 100 at 80 %',
    series: serving(350, 0.6),
    at: '3m',
    fires: [
      {
        description:
          'By the utilisation law it serves 93.33 requests per second with its busiest resource at 80 % (objective capacity: >= 100/s).',
      },
    ],
  },
  { title: '77 requests per second at 60 % make more', series: serving(385, 0.6), at: '3m' },
  { title: 'too little load to tell', series: serving(150, 0.45), at: '3m' },
  {
    title: 'the load is still rising',
    series: { ...serving(350, 0.6), [`k6_verdict_planned_users{${RUN}}`]: '10+10x48' },
    at: '3m',
  },
  {
    title: 'the target shows no metrics',
    series: { ...run(48), ...requests({ good: 350, pushes: 48 }) },
    at: '3m',
  },
].map((each) => ({ ...each, alert: 'K6CapacityBelowObjective' }))

/** Cases of what the load needs: users, CPU, capacity. */
export const CAPACITY_CASES: AlertCase[] = [
  ...notDelivered,
  ...usersMissing,
  ...generator,
  ...headroom,
  ...capacity,
]
