// Recordings as k6 writes them, for the tests of this folder. Times are seconds since the load began.

/** When the load of every example begins. */
export const START_MS = 1_795_274_766_000

type Tags = Record<string, string | undefined>

/** One line of k6's CSV. */
export interface ExampleSample {
  /** When k6 records it. */
  at: number
  metric: string
  /** Text for what is no number. */
  value: number | string
  /** Those of the system and of the script. */
  tags: Tags
}

/** Tags that have a column of their own; others go to `extra_tags`. */
const SYSTEM_TAGS = [
  'check',
  'error_code',
  'expected_response',
  'method',
  'name',
  'scenario',
  'status',
]

const USER_TAGS: Tags = { scenario: 'load', operation: 'enhance', judged: 'yes' }

export interface ExampleRequest {
  /** When it is sent: k6 records it when it has ended. */
  at: number
  durationMs: number
  /** @default 200; 0 is that of a request without an answer */
  status?: number
  /** On top of those of a request of the load; undefined takes one away. */
  tags?: Tags
}

/** The samples of one request that the verdict reads. */
export function request({ at, durationMs, status = 200, tags }: ExampleRequest): ExampleSample[] {
  const isFailed = status === 0 || status >= 400
  const all = {
    ...USER_TAGS,
    expected_response: String(!isFailed),
    method: 'POST',
    name: 'POST /v1/enhance',
    status: String(status),
    ...tags,
  }
  const end = at + durationMs / 1_000
  return [
    { at: end, metric: 'http_reqs', value: 1, tags: all },
    { at: end, metric: 'http_req_duration', value: durationMs, tags: all },
    { at: end, metric: 'http_req_failed', value: Number(isFailed), tags: all },
  ]
}

export interface ExampleRequests {
  from: number
  /** The end excluded. */
  to: number
  perSecond: number
  /** @default 20 */
  durationMs?: number | ((at: number, index: number) => number)
  status?: number | ((at: number, index: number) => number)
  tags?: Tags
}

/** Requests that are sent at a constant rate. */
export function requests(input: ExampleRequests): ExampleSample[] {
  const { from, to, perSecond, durationMs = 20, status = 200, tags = {} } = input
  return Array.from({ length: Math.round((to - from) * perSecond) }, (_, index) => {
    const at = from + index / perSecond
    return request({
      at,
      durationMs: typeof durationMs === 'number' ? durationMs : durationMs(at, index),
      status: typeof status === 'number' ? status : status(at, index),
      tags,
    })
  }).flat()
}

/** The same load as whole operations instead of requests: no protocol, endpoint or status. */
export function asOperations(samples: readonly ExampleSample[]): ExampleSample[] {
  const metrics: Record<string, string> = {
    http_req_duration: 'operation_duration',
    http_req_failed: 'operation_failed',
  }
  return samples.flatMap(({ metric, tags, ...rest }) => {
    const named = metric in metrics ? metrics[metric] : undefined
    const none = { name: undefined, method: undefined, status: undefined, error_code: undefined }
    return named === undefined ? [] : [{ ...rest, metric: named, tags: { ...tags, ...none } }]
  })
}

/** Any other sample of a user. */
export function sample(
  metric: string,
  at: number,
  { value = 1, tags = {} }: { value?: number | string; tags?: Tags } = {},
): ExampleSample {
  return { at, metric, value, tags: { ...USER_TAGS, ...tags } }
}

/** Iterations of one second, begun at a constant rate. */
export function iterations({
  from,
  to,
  perSecond,
}: Pick<ExampleRequests, 'from' | 'to' | 'perSecond'>): ExampleSample[] {
  return Array.from({ length: Math.round((to - from) * perSecond) }, (_, index) => {
    // k6 stamps the end of an iteration; these take a second.
    const end = from + index / perSecond + 1
    return [sample('iterations', end), sample('iteration_duration', end, { value: 1_000 })]
  }).flat()
}

/** What k6 records once a second, whatever the load does. */
export function users(to: number, active = 100, ready = active): ExampleSample[] {
  return Array.from({ length: to + 1 }, (_, at) => [
    { at, metric: 'vus', value: active, tags: {} },
    { at, metric: 'vus_max', value: ready, tags: {} },
  ]).flat()
}

/** The file that k6 would have written. */
export function recordingText(samples: readonly ExampleSample[]): string {
  const header = ['metric_name,timestamp,metric_value', ...SYSTEM_TAGS, 'extra_tags,metadata']
  const lines = [...samples].sort((one, other) => one.at - other.at).map(lineOf)
  return [header.join(','), ...lines, ''].join('\n')
}

function lineOf({ at, metric, value, tags }: ExampleSample): string {
  const us = START_MS * 1_000 + Math.round(at * 1e6)
  const extra = Object.entries(tags)
    .filter(([tag, text]) => text !== undefined && !SYSTEM_TAGS.includes(tag))
    .map(([tag, text]) => `${tag}=${text ?? ''}`)
    .join('&')
  const system = SYSTEM_TAGS.map((tag) => quoted(tags[tag] ?? ''))
  const number = typeof value === 'number' ? value.toFixed(6) : value
  return [metric, us, number, ...system, quoted(extra), ''].join(',')
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
