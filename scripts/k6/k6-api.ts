// The part of k6's REST API (api/v1 of k6 v2.2.0) that starts and ends a k6 from outside.

/** k6's own numbers (lib/execution.go). */
export const K6_STATUS = {
  created: 0,
  initVUs: 1,
  pausedBeforeRun: 4,
  ended: 9,
  interrupted: 10,
  markedAsFailed: 11,
} as const

/** The API of one k6 on this machine. */
export interface K6Api {
  /** What k6 is doing: one of K6_STATUS, or something between. */
  status: (signal?: AbortSignal) => Promise<number>
  /** Runs setup() and gives what it returned, as JSON text; `undefined` without a setup(). */
  runSetup: (signal?: AbortSignal) => Promise<string | undefined>
  /** Sets what another k6's setup() returned. */
  putSetup: (data: string, signal?: AbortSignal) => Promise<void>
  /** Starts a k6 that was started with `--paused`. */
  resume: (signal?: AbortSignal) => Promise<void>
  /** Ends the load. With `--linger` k6 stays, so that teardown() can still be run. */
  stop: (signal?: AbortSignal) => Promise<void>
  runTeardown: (signal?: AbortSignal) => Promise<void>
}

/** k6 answered, and said no. */
export class K6ApiError extends Error {
  override readonly name = 'K6ApiError'
}

/** k6's default for setup() and teardown() is a minute; a script may ask for more. */
const SCRIPT_TIMEOUT_MS = 5 * 60_000

/** A k6 without CPU to spare answers seconds late. */
const TIMEOUT_MS = 10_000

/** Asked again and again: an answer that comes later is of no use. */
const STATUS_TIMEOUT_MS = 2_000

/**
 * Opens the API of the k6 on a port of 127.0.0.1. Every call rejects when k6 does not answer in time, and
 * with a K6ApiError when it refuses.
 */
export function openK6Api(port: number): K6Api {
  const call = async (path: string, request: Call = {}): Promise<string> => {
    const { method = 'GET', body, timeoutMs = TIMEOUT_MS, signal } = request
    const timeout = AbortSignal.timeout(timeoutMs)
    const response = await fetch(`http://127.0.0.1:${port}/v1/${path}`, {
      method,
      ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    })
    const text = await response.text()
    if (!response.ok) throw new K6ApiError(reasonOf(text))
    return text
  }
  const patch = async (attributes: Record<string, boolean>, signal?: AbortSignal) => {
    const body = JSON.stringify({ data: { type: 'status', id: 'default', attributes } })
    await call('status', { method: 'PATCH', body, signal })
  }
  return {
    status: async (signal) => {
      const { data } = JSON.parse(
        await call('status', { timeoutMs: STATUS_TIMEOUT_MS, signal }),
      ) as StatusAnswer
      return data.attributes.status
    },
    runSetup: async (signal) => {
      const text = await call('setup', { method: 'POST', timeoutMs: SCRIPT_TIMEOUT_MS, signal })
      const { data } = (JSON.parse(text) as SetupAnswer).data.attributes
      return data === undefined || data === null ? undefined : JSON.stringify(data)
    },
    putSetup: async (data, signal) => {
      await call('setup', { method: 'PUT', body: data, timeoutMs: SCRIPT_TIMEOUT_MS, signal })
    },
    resume: (signal) => patch({ paused: false }, signal),
    stop: (signal) => patch({ stopped: true }, signal),
    runTeardown: async (signal) => {
      await call('teardown', { method: 'POST', timeoutMs: SCRIPT_TIMEOUT_MS, signal })
    },
  }
}

interface Call {
  method?: string
  body?: string
  timeoutMs?: number
  signal?: AbortSignal | undefined
}

interface StatusAnswer {
  data: { attributes: { status: number } }
}

interface SetupAnswer {
  data: { attributes: { data?: unknown } }
}

/** `{"errors":[{"status","title","detail"}]}` */
function reasonOf(text: string): string {
  try {
    const { errors } = JSON.parse(text) as { errors: { title: string; detail: string }[] }
    return errors.map(({ detail, title }) => detail || title).join('; ')
  } catch {
    return text.trim().slice(0, 500)
  }
}
