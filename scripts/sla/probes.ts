import { isSelectable, metricKey } from './selector.ts'

/** Keys of k6's summary that hold the numbers of one endpoint. */
export interface EndpointKeys {
  requests: string
  failures: string
  /** Of expected responses only. */
  duration: string
}

/** Submetrics of one endpoint over the whole run, warm-up included. */
export function endpointKeys(endpoint: string): EndpointKeys {
  const tags = { name: endpoint }
  return {
    requests: metricKey('http_reqs', tags),
    failures: metricKey('http_req_failed', tags),
    duration: metricKey('http_req_duration', { ...tags, expected_response: 'true' }),
  }
}

/**
 * Thresholds that always hold. k6 keeps numbers for a tag only when a threshold names it, and the
 * table at the end of a run wants them for each endpoint.
 */
export function endpointProbes(endpoints: readonly string[]): [metric: string, always: string][] {
  return endpoints
    .filter((endpoint) => isSelectable('name', endpoint))
    .flatMap((endpoint) => {
      const { requests, failures, duration } = endpointKeys(endpoint)
      return [
        [requests, 'count>=0'],
        [failures, 'rate>=0'],
        [duration, 'max>=0'],
      ] satisfies [string, string][]
    })
}
