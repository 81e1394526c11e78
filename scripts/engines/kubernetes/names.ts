/** `k6v-20261121-084801-7f3a` for the run 20261121-084801-spike-7f3a: a name in a cluster is short. */
export function runName(runId: string): string {
  const [day = '', time = '', ...rest] = runId.split('-')
  return ['k6v', day, time, rest.at(-1)].join('-')
}

/** A label's value and the names that the operator makes of it (`-initializer`) have 63 characters. */
const NAME_MAX = 48

/** Of the TestRun and the ConfigMap of a region, or of the whole run. */
export function testRunName(runId: string, region?: string): string {
  const name = region === undefined ? runName(runId) : `${runName(runId)}-${dnsLabel(region)}`
  return name.slice(0, NAME_MAX).replace(/-+$/, '')
}

/** The operator's name for the nth runner, from 1: of its Job, and in front of its Pod's name. */
export function runnerName(testRun: string, number: number): string {
  return `${testRun}-${number}`
}

/** The instance as the reports name it: `3`, or `eu-west-3`. */
export function instanceName(number: number, region?: string): string {
  return region === undefined ? `${number}` : `${region}-${number}`
}

function dnsLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '')
}
