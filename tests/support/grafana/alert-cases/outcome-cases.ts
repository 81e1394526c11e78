import type { AlertCase } from '../promtool.ts'
import { ended, phase, run, RUN, type Series, steady } from './series.ts'

const answers = (fail: number, pass: number, pushes: number): Series => ({
  ...run(pushes),
  ...(pass > 0 && {
    [`k6_outcomes_total{${RUN},metric="checks",outcome="pass"}`]: `${pass}+${pass}x${pushes}`,
  }),
  ...(fail > 0 && {
    [`k6_outcomes_total{${RUN},metric="checks",outcome="fail"}`]: `${fail}+${fail}x${pushes}`,
  }),
})

const wrong = (percent: string, window: string) => ({
  description: `${percent} of the answers were not as promised in the last ${window} (objective answers: >= 99%).`,
})

/** Cases of answers that are wrong. */
export const OUTCOME_CASES: AlertCase[] = [
  {
    title: 'a quarter of the budget of wrong answers in a minute',
    alert: 'K6OutcomeBudgetFastBurn',
    series: answers(8, 92, 24),
    at: '2m',
    fires: [wrong('8%', '1m')],
  },
  {
    title: 'a little less than that',
    alert: 'K6OutcomeBudgetFastBurn',
    series: answers(7, 93, 24),
    at: '2m',
  },
  {
    title: 'only right answers',
    alert: 'K6OutcomeBudgetFastBurn',
    series: answers(0, 93, 24),
    at: '2m',
  },
  {
    title: 'only wrong answers, but four of them',
    alert: 'K6OutcomeBudgetFastBurn',
    series: {
      ...run(24),
      [`k6_outcomes_total{${RUN},metric="checks",outcome="fail"}`]: '_x12 1+0x3 2+0x1 4+0x8',
    },
    at: '1m50s',
  },
  {
    title: 'six wrong answers',
    alert: 'K6OutcomeBudgetFastBurn',
    series: {
      ...run(24),
      [`k6_outcomes_total{${RUN},metric="checks",outcome="fail"}`]: '_x12 1+0x3 2+0x1 6+0x8',
    },
    at: '1m50s',
    fires: [wrong('100%', '1m')],
  },
  {
    title: 'the load is still warming up',
    alert: 'K6OutcomeBudgetFastBurn',
    series: { ...answers(8, 92, 24), [phase('warm-up')]: steady(1, 24) },
    at: '2m',
  },
  {
    title: 'half of the budget of wrong answers in five minutes',
    alert: 'K6OutcomeBudgetSlowBurn',
    series: answers(32, 968, 72),
    at: '6m',
    fires: [wrong('3.2%', '5m')],
  },
  {
    title: 'a little less than that',
    alert: 'K6OutcomeBudgetSlowBurn',
    series: answers(28, 972, 72),
    at: '6m',
  },
  {
    title: 'four wrong answers in five minutes',
    alert: 'K6OutcomeBudgetSlowBurn',
    series: {
      ...run(72),
      [`k6_outcomes_total{${RUN},metric="checks",outcome="fail"}`]: '_x60 1+0x3 2+0x1 4+0x8',
    },
    at: '5m50s',
  },
  {
    title: 'six wrong answers in five minutes',
    alert: 'K6OutcomeBudgetSlowBurn',
    series: {
      ...run(72),
      [`k6_outcomes_total{${RUN},metric="checks",outcome="fail"}`]: '_x60 1+0x3 2+0x1 6+0x8',
    },
    at: '5m50s',
    fires: [wrong('100%', '5m')],
  },
  {
    title: 'wrong answers after the end of the run',
    alert: 'K6OutcomeBudgetSlowBurn',
    series: ended(answers(32, 968, 72)),
    at: '14m',
    fires: [wrong('3.2%', '5m')],
  },
]
