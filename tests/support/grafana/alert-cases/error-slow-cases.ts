import type { AlertCase } from '../promtool.ts'
import { ended, planned, requests, requestSeries, run, type Series } from './series.ts'

const SLOW = 'K6ErrorBudgetSlowBurn'

const failed = (percent: string, window: string) => ({
  description: `${percent} of the requests failed in the last ${window} (objective errors: < 0.1%).`,
})

const slow = (good: number, bad: number): Series => ({
  ...run(72),
  ...requests({ good, bad, pushes: 72 }),
})

/** Cases of errors within five minutes. */
export const ERROR_SLOW_CASES: AlertCase[] = [
  {
    title: 'half of the budget within five minutes',
    alert: SLOW,
    series: { ...run(72), ...requests({ good: 10_000, bad: 31, pushes: 72 }) },
    at: '6m',
    fires: [failed('0.309%', '5m')],
  },
  {
    title: 'a little less than that',
    alert: SLOW,
    series: { ...run(72), ...requests({ good: 10_000, bad: 29, pushes: 72 }) },
    at: '6m',
  },
  {
    title: 'four failures in five minutes',
    alert: SLOW,
    series: {
      ...run(72),
      ...requests({ good: 1, pushes: 72 }),
      [requestSeries('500')]: '0+0x60 1+0x1 2+0x1 3+0x1 4+0x6',
    },
    at: '5m50s',
  },
  {
    title: 'six failures in five minutes',
    alert: SLOW,
    series: {
      ...run(72),
      ...requests({ good: 1, pushes: 72 }),
      [requestSeries('500')]: '0+0x60 2+0x1 4+0x1 6+0x8',
    },
    at: '5m50s',
    fires: [failed('9.091%', '5m')],
  },
  {
    title: 'in a run of a minute, what is allowed is enough',
    alert: SLOW,
    series: { ...slow(10_000, 11), ...planned(60, 72) },
    at: '6m',
    fires: [failed('0.1099%', '5m')],
  },
  {
    title: 'a little less than what is allowed',
    alert: SLOW,
    series: { ...slow(10_000, 9), ...planned(60, 72) },
    at: '6m',
  },
  {
    title: 'half of the requests, however long the run is',
    alert: SLOW,
    series: { ...slow(48, 52), ...planned(1_000_000, 72) },
    at: '6m',
    fires: [failed('52%', '5m')],
  },
  {
    title: 'less than half of them in a very long run',
    alert: SLOW,
    series: { ...slow(52, 48), ...planned(1_000_000, 72) },
    at: '6m',
  },
  {
    title: 'slow burn after the end of the run',
    alert: SLOW,
    series: ended({ ...run(72), ...requests({ good: 10_000, bad: 31, pushes: 72 }) }),
    at: '14m',
    fires: [failed('0.309%', '5m')],
  },
]
