import type { FastifyRequest } from 'fastify'
import { ApiError } from './api-error.ts'
import type { Caller, Tokens } from './tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `authenticate`; null on routes without it. */
    caller: Caller | null
  }
}

/** An `onRequest` hook: it runs before the body is read, so a stranger's body costs nothing. */
export function authenticate(tokens: Tokens) {
  return (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    try {
      request.caller = tokens.verify(bearerOf(request), 'access')
      done()
    } catch (error) {
      done(error as Error)
    }
  }
}

/** The caller of a route behind `authenticate`. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('Expected authenticate to run before this route')
  return request.caller
}

function bearerOf({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (token !== undefined) return token
  throw new ApiError(401, 'token_missing', 'Expected a header "Authorization: Bearer <token>"')
}
