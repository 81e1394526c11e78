import type { AlertCase } from '../promtool.ts'
import { ended, planned, requests, requestSeries, run, RUN, type Series, steady } from './series.ts'

const FAST = 'K6ErrorBudgetFastBurn'

const failed = (percent: string, window: string) => ({
  description: `${percent} of the requests failed in the last ${window} (objective errors: < 0.1%).`,
})

const fast = (requestsPerPush: { good?: number; bad?: number }): Series => ({
  ...run(24),
  ...requests({ ...requestsPerPush, pushes: 24 }),
})

/** Cases of errors within a minute. */
export const ERROR_FAST_CASES: AlertCase[] = [
  {
    title: 'a quarter of the error budget of half an hour within a minute',
    alert: FAST,
    series: fast({ good: 1_000, bad: 8 }),
    at: '2m',
    fires: [failed('0.7937%', '1m')],
  },
  {
    title: 'a little less than that',
    alert: FAST,
    series: fast({ good: 1_000, bad: 7 }),
    at: '2m',
  },
  {
    title: 'all fail, and no request was ever good',
    alert: FAST,
    series: fast({ bad: 5 }),
    at: '2m',
    fires: [failed('100%', '1m')],
  },
  {
    title: 'six failures, and no request was ever good',
    alert: FAST,
    series: { ...run(24), [requestSeries('500')]: '_x12 2+0x2 4+0x2 6+0x8' },
    at: '1m50s',
    fires: [failed('100%', '1m')],
  },
  {
    title: 'half of the requests, however long the run is',
    alert: FAST,
    series: { ...fast({ good: 48, bad: 52 }), ...planned(1_000_000, 24) },
    at: '2m',
    fires: [failed('52%', '1m')],
  },
  {
    title: 'less than half of them in a very long run',
    alert: FAST,
    series: { ...fast({ good: 52, bad: 48 }), ...planned(1_000_000, 24) },
    at: '2m',
  },
  { title: 'no request ever failed', alert: FAST, series: fast({ good: 5 }), at: '2m' },
  {
    title: 'a burst of failures in the first push of its series',
    alert: FAST,
    series: {
      ...run(24),
      ...requests({ good: 100, pushes: 24 }),
      [requestSeries('500')]: `_x12 60+5x12`,
    },
    at: '1m20s',
    fires: [failed('6.25%', '1m')],
  },
  {
    title: 'one failure, six minutes after the last of forty',
    alert: FAST,
    series: {
      ...run(100),
      [requestSeries('200')]: '10000+10000x20 210100+100x80',
      [requestSeries('500')]: '40+0x1 _x78 41+0x20',
    },
    at: '7m10s',
  },
  {
    title: 'four failures are chance, however few requests there are',
    alert: FAST,
    series: {
      ...run(24),
      ...requests({ good: 1, pushes: 24 }),
      [requestSeries('500')]: '0+0x12 1+0x1 2+0x1 3+0x1 4+0x8',
    },
    at: '1m50s',
  },
  {
    title: 'in a run of two minutes, what is allowed is enough',
    alert: FAST,
    series: { ...fast({ good: 10_000, bad: 11 }), ...planned(120, 24) },
    at: '2m',
    fires: [failed('0.1099%', '1m')],
  },
  {
    title: 'a little less than what is allowed',
    alert: FAST,
    series: { ...fast({ good: 10_000, bad: 9 }), ...planned(120, 24) },
    at: '2m',
  },
  {
    title: 'a run that does not say how long it is',
    alert: FAST,
    series: {
      [`k6_vus{${RUN}}`]: steady(10, 24),
      ...requests({ good: 1_000, bad: 8, pushes: 24 }),
    },
    at: '2m',
    fires: [failed('0.7937%', '1m')],
  },
  {
    title: 'a little less in a run that does not say how long it is',
    alert: FAST,
    series: {
      [`k6_vus{${RUN}}`]: steady(10, 24),
      ...requests({ good: 1_000, bad: 7, pushes: 24 }),
    },
    at: '2m',
  },
  {
    title: 'the run is over for nine minutes',
    alert: FAST,
    series: ended(fast({ good: 1_000, bad: 8 })),
    at: '11m',
    fires: [failed('0.7937%', '1m')],
  },
  {
    title: 'the run is over for a quarter of an hour',
    alert: FAST,
    series: ended(fast({ good: 1_000, bad: 8 })),
    at: '17m',
  },
  {
    title: 'a sound run under the labels of a failed one',
    alert: FAST,
    series: {
      ...run(320),
      [requestSeries('200')]: '1000+1000x24 stale _x150 100+100x60',
      [requestSeries('500')]: '8+8x24 stale',
    },
    at: '19m',
  },
  {
    title: 'a failing run under the labels of a sound one',
    alert: FAST,
    series: {
      ...run(320),
      [requestSeries('200')]: '5000+1000x24 stale _x6 100+100x60',
      [requestSeries('500')]: '_x32 4+4x60',
    },
    at: '3m50s',
    fires: [failed('3.846%', '1m')],
  },
  {
    title: 'the run after a failed one',
    alert: FAST,
    series: {
      ...fast({ good: 1_000 }),
      ...ended(
        requests({ good: 100, bad: 10, pushes: 12, labels: 'testid="r0",workload="other"' }),
      ),
    },
    at: '2m',
  },
]
