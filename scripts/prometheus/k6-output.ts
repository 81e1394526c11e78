import { projectPath } from '../core/project.ts'

/** How k6 itself is told to stream. */
export interface K6Stream {
  /** Value of `--out`. */
  output: string
  env: Record<string, string>
  /** k6's configuration, instead of the empty one. */
  configFile: string
}

/** k6's name of the output; still experimental in 2.2. */
export const OUTPUT = 'experimental-prometheus-rw'

/** The classic way: each a series of its own, so none of them can be added up or averaged. */
const TREND_STATS = 'count,sum,min,max,avg,p(50),p(90),p(95),p(99)'

/** Below this a run is short, and looked at in seconds. */
const SHORT_RUN_SECONDS = 120

/** How often k6 and the toolkit push. */
export function pushIntervalSeconds(plannedSeconds: number): number {
  return plannedSeconds < SHORT_RUN_SECONDS ? 1 : 5
}

export interface K6OutputOptions {
  url: string
  intervalSeconds: number
  /** Trends as native histograms; else as TREND_STATS. */
  native: boolean
}

/**
 * Environment and configuration of k6's Prometheus output. Native histograms are turned on by the
 * configuration file, not by `--features native-histograms` or its variable: a feature adds the tag
 * k6_feature_native_histograms to every sample of every output, the recording's too.
 */
export function k6Output({ url, intervalSeconds, native }: K6OutputOptions): K6Stream {
  return {
    output: OUTPUT,
    env: {
      K6_PROMETHEUS_RW_SERVER_URL: url,
      K6_PROMETHEUS_RW_PUSH_INTERVAL: `${intervalSeconds}s`,
      K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
      ...(!native && { K6_PROMETHEUS_RW_TREND_STATS: TREND_STATS }),
    },
    configFile: native
      ? projectPath('scripts', 'prometheus', 'native-histograms.json')
      : projectPath('scripts', 'k6', 'empty-config.json'),
  }
}
