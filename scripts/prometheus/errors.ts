import { ToolkitError } from '../core/errors.ts'

/** What it holds may be a token, and is not repeated. */
export function prometheusHeadersUnusable(variable: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_HEADERS',
    message: `Expected ${variable} to be name:value pairs with commas between them, and no other colon`,
    hint: 'A value with a comma or a colon goes into K6_PROMETHEUS_RW_HEADERS_<name>.',
  })
}

export function prometheusUrlUnusable(value: string, rule: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_URL',
    message: `Expected --prometheus to be ${rule}, got "${value}"`,
    hint:
      'For example: --prometheus http://127.0.0.1:9090 . Credentials belong in ' +
      'K6_PROMETHEUS_RW_USERNAME and K6_PROMETHEUS_RW_PASSWORD, or K6_PROMETHEUS_RW_BEARER_TOKEN.',
  })
}

export function outputTwice(output: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_TWICE',
    message: `Expected --prometheus or --out ${output}, got both: every sample would be pushed twice`,
    hint: 'Leave --out away: --prometheus is the same output, with its settings.',
  })
}

export function prometheusUnreachable(url: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_UNREACHABLE',
    message: `Expected a Prometheus at ${url}, got no answer: ${reason}`,
    hint:
      'Start it (prometheus --web.enable-remote-write-receiver --enable-feature=native-histograms), ' +
      'correct the URL, or leave --prometheus out.',
    exitCode: 1,
  })
}

/** Nothing answers where runs are to be read from. */
export function prometheusSilent(url: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_UNREACHABLE',
    message: `Expected a Prometheus at ${url}, got no answer: ${reason}`,
    hint: 'Start it again with "npm run observability", or give the URL of another one.',
    exitCode: 1,
  })
}

/** It answered, but not with what was asked for. */
export function queryRefused(refusal: {
  url: string
  status: number
  why: string
  query: string | undefined
}): ToolkitError {
  const { url, status, why, query } = refusal
  const isForbidden = status === 401 || status === 403
  return new ToolkitError({
    code: 'K6V_QUERY_REFUSED',
    message: `Expected ${url} to answer, got status ${status}: ${why}`,
    hint: isForbidden
      ? 'Set K6_PROMETHEUS_RW_USERNAME and K6_PROMETHEUS_RW_PASSWORD, or K6_PROMETHEUS_RW_BEARER_TOKEN.'
      : query === undefined
        ? 'Is it the base URL of a Prometheus, such as http://127.0.0.1:9090?'
        : `It was asked for: ${query}`,
    exitCode: 1,
  })
}

/** It answered, but would not take what the run writes. */
export function prometheusRefuses(url: string, status: number, reason: string): ToolkitError {
  const told = reason === '' ? '' : `: ${reason.split('\n', 1)[0] ?? ''}`
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_REFUSES',
    message: `Expected ${url} to accept a remote write, got status ${status}${told}`,
    hint: nextStep(status, reason),
    exitCode: 1,
  })
}

function nextStep(status: number, reason: string): string {
  if (status === 401 || status === 403) {
    return (
      'Set K6_PROMETHEUS_RW_USERNAME and K6_PROMETHEUS_RW_PASSWORD, or ' +
      'K6_PROMETHEUS_RW_BEARER_TOKEN, to what the server expects.'
    )
  }
  if (/native histograms?/i.test(reason)) {
    return (
      'Start Prometheus with --enable-feature=native-histograms, or add --prometheus-trend-stats: ' +
      'then each statistic is a series of its own.'
    )
  }
  if (status === 404 || status === 405) {
    return (
      'Start Prometheus with --web.enable-remote-write-receiver. Other servers have another path: ' +
      'give the whole URL.'
    )
  }
  return 'The log of the server says more.'
}
