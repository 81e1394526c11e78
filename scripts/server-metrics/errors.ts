import { ToolkitError } from '../core/errors.ts'

export function wrongServer(value: string, rule: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SERVER_METRICS_UNUSABLE',
    message: `Expected --server-metrics to be ${rule}, got "${value}"`,
    hint: 'Give --server-metrics http://host:port/metrics, or <region>=<url>; put the value of an Authorization header into SERVER_METRICS_AUTHORIZATION.',
  })
}
