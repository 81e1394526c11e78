import type { AlertCase } from '../promtool.ts'
import { ended, run, RUN, type Series, steady } from './series.ts'

const ratioSeries = (window: string): string =>
  `k6:objective:bad_ratio${window}{${RUN},objective="latency"}`

const recorded = (ratio: number, events: number, windows: [string, string]): Series => ({
  ...run(24),
  ...Object.fromEntries(
    windows.flatMap((window) => [
      [ratioSeries(window), steady(ratio, 24)],
      [`k6:objective:events${window}{${RUN},objective="latency"}`, steady(events, 24)],
    ]),
  ),
})

const slower = (percent: string, window: string) => ({
  description: `${percent} of the requests were slower than the limit in the last ${window} (objective latency: < 200ms).`,
})

/** Cases of requests that are too slow. p95 leaves 5 %: 37.5 % within a minute, 15 % within five. */
export const LATENCY_CASES: AlertCase[] = (
  [
    ['K6LatencyBudgetFastBurn', ['1m', '20s'], 0.39, '39%', 0.36],
    ['K6LatencyBudgetSlowBurn', ['5m', '1m'], 0.16, '16%', 0.14],
  ] as const
).flatMap(([alert, windows, bad, percent, good]): AlertCase[] => {
  const of = (ratio: number, events: number) => recorded(ratio, events, [...windows])
  const fires = [slower(percent, windows[0])]
  return [
    { title: 'six slow requests', alert, series: of(bad, 6 / bad), at: '1m', fires },
    { title: 'not enough of them', alert, series: of(good, 400), at: '1m' },
    {
      title: 'slow requests that are over',
      alert,
      series: { ...of(bad, 400), [ratioSeries(windows[1])]: steady(good, 24) },
      at: '1m',
    },
    { title: 'four slow requests', alert, series: of(bad, 4 / bad), at: '1m' },
    { title: 'no latency was recorded', alert, series: run(24), at: '1m' },
    { title: 'after the run', alert, series: ended(of(bad, 400)), at: '10m', fires },
  ]
})
