/** Windows of the recording rules, in seconds by their name in PromQL. The shortest spans four pushes of 5 s. */
export const WINDOWS = { '20s': 20, '1m': 60, '5m': 300 } as const

export type Window = keyof typeof WINDOWS

export const WINDOW_NAMES = Object.keys(WINDOWS) as Window[]

/** How often groups are evaluated: as often as k6 pushes. */
export const GROUP_INTERVAL = '5s'

/** Three evaluations in a row: one late push is no alert. */
export const FOR = '10s'

/** A run is over in minutes, and its series with it. Who is called must still find the alert firing. */
export const KEEP_FIRING_FOR = '10m'

/** An alert that this share of the run's whole error budget is spent within `long`; `short` tells that it goes on. */
export interface Burn {
  name: 'fast' | 'slow'
  budgetShare: number
  long: Window
  short: Window
}

export const FAST_BURN: Burn = { name: 'fast', budgetShare: 0.25, long: '1m', short: '20s' }
export const SLOW_BURN: Burn = { name: 'slow', budgetShare: 0.5, long: '5m', short: '1m' }

/** Length of the judged phases where a run does not publish its own: a half-hour run. */
export const PLANNED_SECONDS_DEFAULT = 1_800

/** Fewer bad events than this are chance, however high their share. */
export const BAD_EVENTS_MIN = 5

/** As the verdict has it: more iterations missing than this, and it was another load (load-delivered.ts). */
export const SHORTFALL_RATIO = 0.01

/** As the verdict has them (generator-seconds.ts). */
export const GENERATOR_CPU_RATIO_MAX = 0.9
export const MACHINE_CPU_RATIO_MAX = 0.95

/** The utilisation up to which queues stay short; capacity is what is served there. */
export const UTILISATION_MAX = 0.8

/** Below it, a capacity by the utilisation law is an extrapolation and no measurement. */
export const UTILISATION_MIN = 0.5

/** The load is flat while the plan's target moves less than this within a minute. */
export const FLAT_RATIO = 0.02

/** Interquartile ranges from the median within which a run's own values are as usual. */
export const ANOMALY_RANGES = 5
export const LATENCY_ANOMALY_SECONDS_MIN = 0.02
export const RATE_ANOMALY_RATIO_MIN = 0.1

/** Evaluations that a band must be made from: two minutes. */
export const ANOMALY_POINTS_MIN = 24

/** A native histogram's bucket is 9 % wide, so half of it is no difference. */
export const HISTOGRAM_ERROR = 1.05

/** A recovery is complete below this factor of the latency before the first spike ... */
export const RECOVERED_FACTOR = 1.5
/** ... and below this share of failures. */
export const RECOVERED_ERROR_RATIO = 0.05
