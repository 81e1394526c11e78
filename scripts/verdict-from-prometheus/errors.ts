import { ToolkitError } from '../core/errors.ts'

export function runNotInPrometheus(
  { url, testid }: { url: string; testid: string },
  nearestId: string | undefined,
): ToolkitError {
  const guess = nearestId === undefined ? '' : `; did you mean "${nearestId}"?`
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_NO_RUN',
    message: `Expected series of k6 with testid="${testid}" at ${url}, found none${guess}`,
    hint: 'Runs carry it when they stream: npm run k6 -- <scenario> --prometheus. 30 days are looked at.',
    exitCode: 1,
  })
}

export function histogramsMissing(testid: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_NO_HISTOGRAMS',
    message: `Expected native histograms of ${testid}, found statistics of each series only`,
    hint:
      'Percentiles of several series cannot be put together. Start Prometheus with ' +
      '--enable-feature=native-histograms and run without --prometheus-trend-stats.',
    exitCode: 1,
  })
}

export function runUnknown(testid: string, lacks: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_RUN_UNKNOWN',
    message: `Expected to know the plan of ${testid}, found ${lacks}`,
    hint:
      "Bring the run's folder (with its run.json) into results/, or stream with " +
      'npm run k6 -- <scenario> --prometheus, which publishes the plan too.',
    exitCode: 1,
  })
}
