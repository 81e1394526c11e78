// Pure: read by k6 and by Node. The bundler bakes the numbers of one run in here.

/** What the command line changes about a scenario; all of it travels inside the bundle. */
export interface RunSettings {
  /** The scenario's file name without its ending. */
  scenario: string
  /** Shrinks every duration of the shape, never the load; 1 leaves it alone. */
  timeScale: number
  /** Starts every random choice: the same seed gives the same data and the same mix. */
  seed: number
  profile?: string
  /** The other load model than the shape's own. */
  model?: 'closed' | 'open'
  /** Highest number of users of a closed shape; the rest of the shape keeps its proportions. */
  users?: number
  /** Highest iterations per second of an open shape; the rest keeps its proportions. */
  ratePerSecond?: number
  /** Users kept ready for an open model, over all its k6 scenarios. */
  poolUsers?: number
  /** How long the full load is held, as a k6 duration; the time scale does not touch it. */
  duration?: string
  /** The run's id, on every sample that leaves this machine. */
  testid?: string
  /** The SLA file, compiled for k6. */
  thresholds: Record<string, K6Threshold[]>
  /** Statistics of k6's summary: what the SLA needs and what the report shows. */
  trendStats: string[]
}

export type K6Threshold =
  string | { threshold: string; abortOnFail?: boolean; delayAbortEval?: string }

export const DEFAULT_SETTINGS: RunSettings = {
  scenario: 'scenario',
  timeScale: 1,
  seed: 1,
  thresholds: {},
  trendStats: [],
}

declare const RUN_SETTINGS: RunSettings | undefined

/** Baked in by the bundler (esbuild's `define`); the defaults where nothing was bundled. */
export const runSettings: RunSettings =
  typeof RUN_SETTINGS === 'undefined' ? DEFAULT_SETTINGS : RUN_SETTINGS
