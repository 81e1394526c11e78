import { ToolkitError } from '../core/errors.ts'

/** A name that selects samples selects none. */
export function noSuchSamples(
  wrong: { option: string; value: string; guess?: string | undefined },
  known: readonly string[],
): ToolkitError {
  const { option, value, guess } = wrong
  const meant = guess === undefined ? '' : `; did you mean "${guess}"?`
  return new ToolkitError({
    code: 'K6V_NO_SUCH_SAMPLES',
    message: `Expected ${option} to be in the samples of this run, got "${value}"${meant}`,
    hint: known.length === 0 ? 'This run has none of these.' : `It has: ${known.join(', ')}`,
  })
}

/** Nothing is left of what the machines of a run had in use. */
export function noSuchMetrics(path: string, known: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NO_SUCH_METRICS',
    message: `Expected metrics of the machines of ${path} with these names and times, got none`,
    hint: known.length === 0 ? 'This run recorded none.' : `It has: ${known.join(', ')}`,
  })
}

/** The output is there already. */
export function exportExists(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_EXPORT_EXISTS',
    message: `Expected no file ${path} yet, found one`,
    hint: 'Add --force to replace it, or name another one with --out.',
  })
}

/** The output would replace what the run is judged from. */
export function exportOverRun(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_EXPORT_OVER_RUN',
    message: `Expected --out to be no file of the run itself, got ${path}`,
    hint: 'Its samples are there only once, so not even --force replaces them: name another file.',
  })
}

/** The output cannot be written. */
export function exportUnwritable(path: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_EXPORT_UNWRITABLE',
    message: `${path} could not be written: ${reason}`,
    hint: 'Check that its folder exists and has room, or name another file with --out.',
    exitCode: 1,
  })
}

const TESTIDS_SHOWN = 20

/** Prometheus knows no such run. */
export function unknownTestid(
  testid: string,
  known: readonly string[],
  guess: string | undefined,
): ToolkitError {
  const meant = guess === undefined ? '' : `; did you mean "${guess}"?`
  // Run ids begin with the time, so the last ones are the newest.
  const newest = known.slice(-TESTIDS_SHOWN).reverse()
  const rest = known.length > TESTIDS_SHOWN ? ', …' : ''
  return new ToolkitError({
    code: 'K6V_UNKNOWN_TESTID',
    message: `Expected --testid to be a run that Prometheus has, got "${testid}"${meant}`,
    hint:
      known.length === 0
        ? 'It has none: start one with --prometheus.'
        : `It has: ${newest.join(', ')}${rest}`,
  })
}

/** The run is there, but not the series that tell when it was. */
export function spanUnknown(testid: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SPAN_UNKNOWN',
    message: `Expected k6_vus of ${testid} to tell when the run was, found none`,
    hint: 'Say it: --start 2026-11-21T08:48:00Z --end 2026-11-21T09:20:00Z',
  })
}

/** The dashboards' files are not there. */
export function dashboardsMissing(folder: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_DASHBOARDS_MISSING',
    message: `Expected dashboards in ${folder}, found none`,
    hint: 'They are part of the project; "npm run dashboards" makes them again.',
    exitCode: 1,
  })
}

/** Nothing answers where Grafana should be. */
export function grafanaSilent(url: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_GRAFANA_UNREACHABLE',
    message: `Expected a Grafana at ${url}, got no answer from its /api/health`,
    hint: 'Start it with "npm run observability", or name another one: --grafana <url>. Its numbers need no Grafana: --from-prometheus.',
    exitCode: 1,
  })
}
