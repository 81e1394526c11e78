// Series of a run as k6 and the toolkit push them, in promtool's notation: a value for every five seconds.

export type Series = Record<string, string>

/** Labels of the run that all cases are about. */
export const RUN = 'testid="r1",workload="orders"'

/** Half an hour of judged load with ten users: budgets burn 7.5 (fast) and 3 (slow) times too fast. */
export function run(pushes: number, labels = RUN): Series {
  return {
    [`k6_vus{${labels},instance="0"}`]: `10+0x${pushes}`,
    [`k6_verdict_run_planned_seconds{${labels}}`]: `1800+0x${pushes}`,
    [`k6_verdict_planned_users{${labels}}`]: `10+0x${pushes}`,
  }
}

/** So many requests with every push. */
export interface Requests {
  good?: number
  bad?: number
  pushes: number
  labels?: string
}

/** Counters of requests; a kind without requests has no series, as in k6. */
export function requests({ good = 0, bad = 0, pushes, labels = RUN }: Requests): Series {
  return {
    ...(good > 0 && { [requestSeries('200', labels)]: `${good}+${good}x${pushes}` }),
    ...(bad > 0 && { [requestSeries('500', labels)]: `${bad}+${bad}x${pushes}` }),
  }
}

/** The counter of requests with a status, in the phase hold. */
export function requestSeries(status: '200' | '500', labels = RUN): string {
  const isGood = status === '200'
  return `k6_http_reqs_total{${labels},judged="yes",phase="hold",status="${status}",expected_response="${isGood}"}`
}

/** What the toolkit says of the run's scenario. */
export function scenario(name: string, pushes: number): Series {
  return {
    [`k6_verdict_run_info{${RUN},run_scenario="${name}",profile="normal"}`]: `1+0x${pushes}`,
  }
}

/** The series of a phase. */
export function phase(name: string): string {
  return `k6_verdict_phase{${RUN},phase="${name}"}`
}

/** The same value again and again. */
export function steady(value: number, pushes: number): string {
  return `${value}+0x${pushes}`
}

/** Each series ends with its run. */
export function ended(series: Series): Series {
  return Object.fromEntries(
    Object.entries(series).map(([name, values]) => [name, `${values} stale`]),
  )
}

/** A run that is planned to be judged for so long. */
export function planned(seconds: number, pushes: number): Series {
  return {
    [`k6_verdict_run_planned_seconds{${RUN}}`]: steady(seconds, pushes),
  }
}
