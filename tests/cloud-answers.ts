// What the API of Grafana Cloud k6 answers, as far as `k6 cloud run` and `k6 run --out cloud` use it.

/** One look at the test run, as the API gives it. */
export interface RunState {
  status: string
  result?: 'passed' | 'failed' | 'error'
  /** Who aborted it, and why. */
  byUser?: string
  message?: string
}

/** How it is to behave; as a run that passes unless told otherwise. */
export interface StubBehaviour {
  /** What each look at the test run shows; the last one stays. */
  states?: RunState[]
  /** Answer of validate_options, where it is no success. */
  refusal?: { status: number; code: string; message: string }
  /** A load test of that name exists already. */
  isNameTaken?: boolean
  /** The number of looks after which the server is gone. */
  diesAfterLooks?: number
}

/** What it was sent. */
export interface Seen {
  /** `POST /cloud/v6/validate_options`, in order. */
  calls: string[]
  /** The archives that were uploaded. */
  archives: Buffer[]
  /** Bodies of all other calls that have one. */
  bodies: string[]
}

/** Status and body; undefined where the server dies instead. */
export type Answer = [status: number, value?: unknown] | undefined

const PASSED: RunState[] = [
  { status: 'queued' },
  { status: 'running' },
  { status: 'completed', result: 'passed' },
]

const ABORTED: RunState = { status: 'aborted', result: 'error', byUser: 'me@example.com' }

/** Answers call after call, as `POST /v1/tests`. */
export function cloudAnswers(behaviour: StubBehaviour, seen: Seen, url: () => string) {
  const { states = PASSED, refusal, isNameTaken, diesAfterLooks = Infinity } = behaviour
  let looks = 0
  let isAborted = false
  const look = (): Answer => {
    looks += 1
    if (looks > diesAfterLooks) return undefined
    const state = isAborted ? ABORTED : (states[looks - 1] ?? states.at(-1))
    return [200, testRun(state ?? { status: 'running' })]
  }
  const abort = (): Answer => {
    isAborted = true
    return [204]
  }
  const upload = (body: Buffer, answer: Answer): Answer => {
    seen.archives.push(body)
    return answer
  }
  const read = (body: Buffer, answer: Answer): Answer => {
    seen.bodies.push(body.toString())
    return answer
  }
  const taken: Answer = [409, { error: { code: 'conflict', message: 'the name is taken' } }]
  const started = { ...testRun({ status: 'created' }) }
  const answers: Record<string, (body: Buffer) => Answer> = {
    'POST /cloud/v6/validate_options': (body) =>
      read(body, refusal ? [refusal.status, { error: refusal }] : [200, VALIDATED]),
    'POST /cloud/v6/projects/1/load_tests': (body) =>
      upload(body, isNameTaken ? taken : [201, LOAD_TEST]),
    'GET /cloud/v6/projects/1/load_tests': () => [200, { value: [LOAD_TEST] }],
    'PUT /cloud/v6/load_tests/456/script': (body) => upload(body, [204]),
    'POST /cloud/v6/load_tests/456/start': () => {
      return [200, { ...started, test_run_details_page_url: `${url()}/a/k6-app/runs/123` }]
    },
    'GET /cloud/v6/test_runs/123': look,
    'POST /cloud/v6/test_runs/123/abort': abort,
    // `k6 run --out cloud` still speaks the first version.
    'POST /v1/tests': (body) => read(body, [200, { reference_id: '123', config: {} }]),
    'POST /v1/tests/123': (body) => read(body, [200, {}]),
    'POST /v2/metrics/123': () => [200, {}],
  }
  return (call: string, body: Buffer): Answer => {
    seen.calls.push(call)
    const answer = answers[call]
    return answer ? answer(body) : [404, { error: { code: 'not_found', message: call } }]
  }
}

const NOW = '2026-11-21T08:00:00Z'

const VALIDATED = {
  vuh_usage: 0.5,
  breakdown: {
    protocol_vuh: 0.5,
    browser_vuh: 0,
    base_total_vuh: 0.5,
    reduction_rate: 0,
    reduction_rate_breakdown: {},
  },
}

const LOAD_TEST = {
  id: 456,
  project_id: 1,
  name: 'geo-distributed',
  baseline_test_run_id: null,
  created: NOW,
  updated: NOW,
}

/** Every key is one that k6's decoder demands. */
function testRun({ status, result, byUser, message }: RunState): Record<string, unknown> {
  const extra = { by_user: byUser ?? null, message: message ?? null, code: null }
  const entry = { type: status, entered: NOW, ...((byUser ?? message) && { extra }) }
  return {
    id: 123,
    test_id: 456,
    project_id: 1,
    started_by: null,
    created: NOW,
    ended: status === 'completed' || status === 'aborted' ? NOW : null,
    note: '',
    retention_expiry: null,
    cost: null,
    status,
    status_details: entry,
    status_history: [entry],
    distribution: [],
    result: result ?? null,
    result_details: result === undefined ? null : { type: result, ...(message && { message }) },
    options: {},
    k6_dependencies: {},
    k6_versions: {},
    max_vus: 1,
    max_browser_vus: 0,
    estimated_duration: 60,
    execution_duration: 12,
    is_starred: false,
  }
}
