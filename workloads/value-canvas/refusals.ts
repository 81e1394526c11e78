// Requests that the API has to refuse: the right status and error code are the expected response.
import { endpoint } from '../../lib/endpoint.ts'
import type { JsonSchema } from '../../lib/json-schema.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { canvasOf } from './canvas.ts'

interface Refusal {
  error: { code: string; message: string }
}

const REFUSAL: JsonSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string', minLength: 1 } },
    },
  },
}

const saysCode = (code: string) => ({
  schema: REFUSAL,
  rules: { 'right-code': ({ error }: Refusal) => error.code === code },
})

const UNKNOWN = endpoint('GET /v1/canvases/:id/state', { statuses: [404], label: 'unknown' })
const INVALID = endpoint('PUT /v1/canvases/:id/state', { statuses: [400], label: 'invalid' })
const NOBODY = endpoint('GET /v1/canvases/:id/state', { statuses: [401], label: 'unauthorised' })

const validateUnknown = answerValidator<Refusal>(UNKNOWN, saysCode('not_found'))
const validateInvalid = answerValidator<Refusal>(INVALID, saysCode('invalid_request'))
const validateNobody = answerValidator<Refusal>(NOBODY, saysCode('token_invalid'))

/** Reads a canvas that does not exist. */
export const unknownCanvas = (session: Session, { index }: IterationData): void => {
  validateUnknown(session.send(UNKNOWN, undefined, { params: { id: `nobody-wrote-${index}` } }))
}

const INVALID_STATES: unknown[] = [{}, { state: null }, { state: [] }, { state: 'text' }, []]

/** Sends an invalid state, which must not change the canvas. */
export const invalidState = (session: Session, { index }: IterationData): void => {
  const body = INVALID_STATES[index % INVALID_STATES.length]
  validateInvalid(session.send(INVALID, body, { params: canvasOf(session) }))
}

/** Reads a canvas with an invalid token. */
export const unauthorised = (session: Session): void => {
  const headers = { Authorization: 'Bearer nobody' }
  validateNobody(session.send(NOBODY, undefined, { params: canvasOf(session), headers }))
}
