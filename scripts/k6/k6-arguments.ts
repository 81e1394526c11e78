/** What the command line of k6 is made of. */
export interface K6ArgumentOptions {
  script: string
  summaryPath: string
  /** k6's own `--out` values. */
  outputs: readonly string[]
  /** Where k6 is one of several: it waits for the others, and somebody else calls setup() and teardown(). */
  part?: K6Part
}

/** What one k6 of several needs to know. */
export interface K6Part {
  /** Of the load, such as `0:1/4`. */
  segment: string
  /** All of them, such as `0,1/4,2/4,3/4,1`: without it k6 divides the rest in another way for each part. */
  sequence: string
  /** Of its API on 127.0.0.1, through which it is started and ended. */
  port: number
}

/**
 * Arguments of `k6 run`. Load, stages and tags are never among them: each of those would silently
 * replace what the script says. Nor is `--quiet`: only k6's progress tells of interrupted iterations.
 */
export function k6Arguments(options: K6ArgumentOptions): string[] {
  const { script, summaryPath, outputs, part } = options
  return [
    'run',
    '--no-color',
    `--summary-export=${summaryPath}`,
    ...outputs.flatMap((output) => ['--out', output]),
    ...(part ? partArguments(part) : []),
    script,
  ]
}

/** Of one k6 of several. */
export function partArguments({ segment, sequence, port }: K6Part): string[] {
  return [
    ...['--execution-segment', segment, '--execution-segment-sequence', sequence],
    ...['--paused', '--no-setup', '--no-teardown', '--linger'],
    // As an argument, a port that is taken ends k6: without its API it could never be started.
    ...['--address', `127.0.0.1:${port}`],
  ]
}

export interface DashboardOptions {
  /** File that gets the dashboard as a page, at the end. */
  exportPath: string
  plannedSeconds: number
}

/** k6 draws nothing for a run shorter than three periods. */
const PERIODS_MIN = 4

const PERIOD_SECONDS = 5

/** Environment that turns k6's own web dashboard on, for this machine only. */
export function dashboardEnvironment(options: DashboardOptions): Record<string, string> {
  const { exportPath, plannedSeconds } = options
  const period = Math.max(1, Math.min(PERIOD_SECONDS, Math.floor(plannedSeconds / PERIODS_MIN)))
  return {
    K6_WEB_DASHBOARD: 'true',
    // k6's default is every network interface.
    K6_WEB_DASHBOARD_HOST: '127.0.0.1',
    // Any that is free: browsers see it at another one (scripts/engines/local/dashboard-proxy.ts).
    K6_WEB_DASHBOARD_PORT: '0',
    K6_WEB_DASHBOARD_PERIOD: `${period}s`,
    K6_WEB_DASHBOARD_EXPORT: exportPath,
  }
}
