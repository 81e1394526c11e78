import type { AlertCase } from '../promtool.ts'
import { ended, phase, requests, requestSeries, run, RUN, type Series, steady } from './series.ts'

const P95 = `k6:http_req_duration:p95_steady{${RUN},phase="hold"}`
const RATE = `k6:http_reqs:rate_steady{${RUN},phase="hold"}`

const of = (series: string, values: string): Series => ({ ...run(60), [series]: values })

const high = (text: string) => ({
  description: `p95 is ${text}, far above the last ten minutes.`,
  labels: { phase: 'hold' },
})

const swinging = (low: number, high: number): string =>
  Array.from({ length: 24 }, () => `${low} ${high}`).join(' ')

const live: Series = {
  ...run(60),
  [`k6:http_req_duration:p95_20s{${RUN}}`]: '0.1+0x48 0.15+0x12',
}

const latency: AlertCase[] = [
  {
    title: 'a little more than 20 ms above a latency that never varied',
    series: of(P95, '0.1+0x48 0.123+0x12'),
    at: '4m30s',
    fires: [high('123ms')],
  },
  {
    title: 'a little less than 20 ms above it',
    series: of(P95, '0.1+0x48 0.117+0x12'),
    at: '4m30s',
  },
  {
    title: 'over five interquartile ranges above one that does',
    series: of(P95, `${swinging(0.1, 0.14)} 0.33+0x12`),
    at: '4m30s',
    fires: [high('330ms')],
  },
  {
    title: 'under five interquartile ranges above it',
    series: of(P95, `${swinging(0.1, 0.14)} 0.29+0x12`),
    at: '4m30s',
  },
  { title: 'too little to compare with', series: of(P95, '_x16 0.1+0x22 0.123+0x22'), at: '3m30s' },
  {
    title: 'another phase was faster',
    series: { ...of(P95, '0.1+0x48 _x12'), [P95.replace('hold', 'spike-1')]: '_x48 0.5+0x12' },
    at: '4m30s',
  },
  {
    title: 'after the run',
    series: ended(of(P95, '0.1+0x48 0.123+0x12')),
    at: '12m',
    fires: [high('123ms')],
  },
  {
    title: 'p95 leaves its band in a phase of constant load',
    series: { ...live, [phase('hold')]: steady(1, 60) },
    at: '4m30s',
    fires: [high('150ms')],
  },
  {
    title: 'p95 rises with the load',
    series: {
      ...live,
      [phase('hold')]: steady(1, 60),
      [`k6_verdict_planned_users{${RUN}}`]: '10+0x48 100+10x12',
    },
    at: '4m30s',
  },
  {
    title: 'p95 rises in the phase that follows',
    series: {
      ...live,
      [phase('hold')]: `${steady(1, 46)} stale`,
      [phase('spike-1')]: `_x48 ${steady(1, 12)}`,
    },
    at: '4m30s',
  },
].map((each) => ({ ...each, alert: 'K6LatencyAnomaly' }))

const low = (rate: string) => ({
  description: `${rate} requests per second, far below the last ten minutes.`,
  labels: { phase: 'hold' },
})

const throughput: AlertCase[] = [
  {
    title: 'a little more than a tenth below a rate that never varied',
    series: of(RATE, '100+0x48 89+0x12'),
    at: '4m30s',
    fires: [low('89')],
  },
  {
    title: 'a little less than a tenth below it',
    series: of(RATE, '100+0x48 91+0x12'),
    at: '4m30s',
  },
  {
    title: 'over five interquartile ranges below one that does',
    series: of(RATE, `${swinging(100, 110)} 45+0x12`),
    at: '4m30s',
    fires: [low('45')],
  },
  {
    title: 'under five interquartile ranges below it',
    series: of(RATE, `${swinging(100, 110)} 60+0x12`),
    at: '4m30s',
  },
  { title: 'too little to compare with', series: of(RATE, '_x16 100+0x22 89+0x22'), at: '3m30s' },
].map((each) => ({ ...each, alert: 'K6ThroughputAnomaly' }))

const baseline = (objective: string, upper: number): Series => ({
  ...run(72),
  [`k6_verdict_baseline_upper{${RUN},run_scenario="load",objective="${objective}"}`]: steady(
    upper,
    72,
  ),
})

const p95 = (seconds: number): Series => ({
  ...baseline('latency', 0.18),
  [`k6:objective:latency5m{${RUN},objective="latency"}`]: steady(seconds, 72),
})

const slower = {
  description: '192ms in the last 5m is above the band of the previous run (objective latency).',
}

const latencyAbove: AlertCase[] = [
  {
    title: 'above the band by more than half a bucket',
    series: p95(0.192),
    at: '2m',
    fires: [slower],
  },
  { title: 'above the band by less than half a bucket', series: p95(0.187), at: '2m' },
  {
    title: 'there was no run before',
    series: {
      ...run(72),
      ...p95(0.192),
      [`k6_verdict_baseline_upper{${RUN},run_scenario="load",objective="latency"}`]: '_x72',
    },
    at: '2m',
  },
  {
    title: 'the load is still rising',
    series: { ...p95(0.192), [`k6_verdict_planned_users{${RUN}}`]: '10+10x72' },
    at: '2m',
  },
  { title: 'after the run', series: ended(p95(0.192)), at: '14m', fires: [slower] },
].map((each) => ({ ...each, alert: 'K6LatencyAboveBaseline' }))

const failing = (bad: number): Series => ({
  ...baseline('errors', 0.02),
  ...requests({ good: 1_000 - bad, bad, pushes: 72 }),
})

const errorsAbove: AlertCase[] = [
  {
    title: 'above the band of the previous run',
    series: failing(22),
    at: '6m',
    fires: [
      {
        description:
          '2.2% failed in the last 5m, above the band of the previous run (objective errors).',
      },
    ],
  },
  { title: 'below the band of the previous run', series: failing(20), at: '6m' },
  { title: 'no request failed', series: failing(0), at: '6m' },
  {
    title: 'six failures among few requests',
    series: {
      ...baseline('errors', 0.02),
      ...requests({ good: 1, pushes: 72 }),
      [requestSeries('500')]: '_x60 1+0x3 2+0x1 6+0x8',
    },
    at: '5m50s',
    fires: [
      {
        description:
          '9.091% failed in the last 5m, above the band of the previous run (objective errors).',
      },
    ],
  },
  {
    title: 'four failures among few requests',
    series: {
      ...baseline('errors', 0.02),
      ...requests({ good: 1, pushes: 72 }),
      [requestSeries('500')]: '_x60 1+0x3 2+0x3 4+0x6',
    },
    at: '5m50s',
  },
].map((each) => ({ ...each, alert: 'K6ErrorsAboveBaseline' }))

/** Cases of what is unusual. */
export const ANOMALY_CASES: AlertCase[] = [
  ...latency,
  ...throughput,
  ...latencyAbove,
  ...errorsAbove,
]
