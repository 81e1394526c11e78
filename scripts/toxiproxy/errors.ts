import { ToolkitError } from '../core/errors.ts'

export function toxiproxyUnavailable(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_TOXIPROXY_UNAVAILABLE',
    message: `Expected toxiproxy-server 2.x for --region-latency, got none: ${reason}`,
    hint: 'Install Go 1.26 (https://go.dev/dl/), which lets it be built from source, or put toxiproxy-server on PATH.',
    exitCode: 1,
  })
}

/** Built a moment ago, and still it does not answer. */
export function toxiproxyNotRunnable(folder: string, problem: string): ToolkitError {
  return toxiproxyUnavailable(`the one just built in ${folder} is not usable: ${problem}`)
}

export function toxiproxyFailed(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_TOXIPROXY_FAILED',
    message: `toxiproxy-server did not do what it was told: ${reason}`,
    hint: 'Run the same command again; without --region-latency the target is loaded directly.',
    exitCode: 1,
  })
}

export function regionLatencyUnusable(expected: string, found: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_REGION_LATENCY',
    message: `Expected --region-latency to be ${expected}, got ${found}`,
    hint: 'For example: --region-latency us-east=20ms,eu-west=80ms or --region-latency default',
  })
}
