// Pure: read by k6 and by Node. The bundler puts the numbers of one run in here.

/** What the command line changes about a scenario; all of it travels inside the bundle. */
export interface RunSettings {
  /** The scenario's file name without its ending. */
  scenario: string
  /** Shrinks every duration of the shape, never the load; 1 leaves it alone. */
  timeScale: number
  /** Starts every random choice: the same seed gives the same data and the same mix. */
  seed: number
  profile?: string
  /** Name of a mix of the workload; without it, the workload's own weights. */
  mix?: string
  /** The other load model than the shape's own. */
  model?: 'closed' | 'open'
  /** Highest number of users of a closed shape; the rest of the shape keeps its proportions. */
  users?: number
  /** Highest iterations per second of an open shape; the rest keeps its proportions. */
  ratePerSecond?: number
  /** What the scenario itself asks for, where a demo runs with fewer users or a lower rate. */
  demoOf?: number
  /** Iterations per second at the start of an open shape; the rest lies between it and the highest. */
  fromRatePerSecond?: number
  /** Users kept ready for an open model, over all its k6 scenarios. */
  poolUsers?: number
  /** How long the full load is held, as a k6 duration; the time scale does not touch it. */
  duration?: string
  /** The one region that this bundle loads, where each has a bundle of its own. */
  onlyRegion?: string
  /** Users of the same run that other bundles of it number first: a region's own begin after them. */
  usersBefore?: number
  /** The run's id, on every sample that leaves this machine. */
  testid?: string
  /** Where the run is to be seen, or made, in Grafana Cloud k6. */
  cloud?: CloudSettings
  /** The SLA file, compiled for k6. */
  thresholds: Record<string, K6Threshold[]>
  /** Statistics of k6's summary: what the SLA needs and what the report shows. */
  trendStats: string[]
}

/** What goes into `options.cloud`; the token never does. */
export interface CloudSettings {
  /** Runs of the same name are one test there. */
  name: string
  projectID?: number
  stackID?: number
  /** `cloud`: its load zones make the load; `local`: this machine does, and its samples go there too. */
  execution: 'cloud' | 'local'
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

/** JSON text, put in by the bundler: as an object each VU would keep it. */
declare const RUN_SETTINGS: string | undefined

/** The numbers of this run; the defaults where nothing was bundled. */
export const runSettings = (): RunSettings =>
  typeof RUN_SETTINGS === 'undefined' ? DEFAULT_SETTINGS : (JSON.parse(RUN_SETTINGS) as RunSettings)
