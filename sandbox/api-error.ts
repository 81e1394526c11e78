import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** A failure the caller is told about, as `{ error: { code, message } }` with this status. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Fastify's error handler: every failure becomes JSON of one shape. */
export function answerError(
  error: FastifyError | ApiError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, code, message } = error instanceof ApiError ? error : apiErrorOf(error)
  void reply.code(status).send({ error: { code, message } })
}

/** Fastify's handler for unknown routes: 404. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const message = `Expected a known route, got ${request.method} ${request.url.slice(0, 200)}`
  void reply.code(404).send({ error: { code: 'not_found', message } })
}

function apiErrorOf(error: FastifyError): ApiError {
  const status = error.statusCode ?? 500
  if (status === 413) return new ApiError(413, 'body_too_large', error.message)
  if (status >= 400 && status < 500) return new ApiError(status, 'invalid_request', error.message)
  // The sandbox has no log and nothing to hide, so its own faults are told in full.
  return new ApiError(500, 'internal_error', `Unexpected error: ${error.message}`)
}
