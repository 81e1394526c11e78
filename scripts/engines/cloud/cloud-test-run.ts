import { Ajv } from 'ajv'
import type { CloudRequest } from './cloud-request.ts'

/** A test run as the API of Grafana Cloud k6 (v6) tells it. */
export interface CloudTestRun {
  id: number
  /** `completed` and `aborted` are the last ones. */
  status: string
  result: 'passed' | 'failed' | 'error' | null
  /** Why, in the words of the cloud. */
  message?: string
  /** Set where a person has aborted it. */
  abortedBy?: string
  /** Seconds that are billed. */
  executionSeconds: number
  startedAt?: string
  endedAt?: string
}

interface Extra {
  by_user?: string | null
  message?: string | null
}

interface Answer {
  id: number
  status: string
  result: CloudTestRun['result']
  result_details?: { message?: string | null } | null
  status_history: { type: string; entered: string; extra?: Extra | null }[]
  execution_duration: number
  ended?: string | null
}

const isAnswer = new Ajv().compile<Answer>({
  type: 'object',
  required: ['id', 'status', 'result', 'status_history', 'execution_duration'],
  properties: {
    id: { type: 'number' },
    status: { type: 'string' },
    result: { enum: ['passed', 'failed', 'error', null] },
    status_history: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'entered'],
        properties: { type: { type: 'string' }, entered: { type: 'string' } },
      },
    },
    execution_duration: { type: 'number' },
  },
})

const HOST = 'https://api.k6.io'
const TIMEOUT_MS = 15_000

/**
 * Asks for a test run. k6 says less of it: neither why it ended, nor that a run without a result has none.
 *
 * @param page address of its page, which ends in its number
 * @returns a sentence part where it cannot be had
 */
export async function cloudTestRun(
  page: string,
  { token, settings }: CloudRequest,
  env: NodeJS.ProcessEnv,
): Promise<CloudTestRun | { problem: string }> {
  const [, id] = /\/(\d+)\/?(?:[?#].*)?$/.exec(page) ?? []
  if (id === undefined) return { problem: `${page} names no test run` }
  const url = `${env['K6_CLOUD_HOST_V6'] || HOST}/cloud/v6/test_runs/${id}`
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'x-stack-id': String(settings.stackID) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) return { problem: `the API answered ${response.status}` }
    const answer: unknown = await response.json()
    return isAnswer(answer) ? testRunOf(answer) : { problem: 'the API gave another answer' }
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } }
    return { problem: `the API gave no answer (${cause?.code ?? message})` }
  }
}

function testRunOf(answer: Answer): CloudTestRun {
  const { id, status, result, status_history: history, execution_duration, ended } = answer
  const abort = history.find(({ type }) => type === 'aborted')?.extra
  const message = answer.result_details?.message ?? abort?.message
  const started = history.find(({ type }) => type === 'running')?.entered
  return {
    id,
    status,
    result,
    ...(message && { message }),
    ...(abort?.by_user && { abortedBy: abort.by_user }),
    executionSeconds: execution_duration,
    ...(started !== undefined && { startedAt: started }),
    ...(ended && { endedAt: ended }),
  }
}
