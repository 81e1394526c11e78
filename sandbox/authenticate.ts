import type { FastifyRequest } from 'fastify'
import { ApiError } from './api-error.ts'
import type { Caller, Tokens } from './tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `authenticate`; null on routes without it. */
    caller: Caller | null
  }
}

/**
 * An `onRequest` hook: it runs before the body is read, so a stranger's body costs nothing.
 *
 * @param tokenOf where the token is; a header by default
 */
export function authenticate(tokens: Tokens, tokenOf = bearerOf) {
  return (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    try {
      request.caller = tokens.verify(tokenOf(request), 'access')
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

/** The token of a WebSocket: a browser cannot give one a header, so `?access_token=` will do. */
export function bearerOrQueryToken(request: FastifyRequest): string {
  const { access_token: token } = request.query as { access_token?: unknown }
  if (request.headers.authorization !== undefined || typeof token !== 'string') {
    return bearerOf(request)
  }
  return token
}

function bearerOf({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (token !== undefined) return token
  throw new ApiError(401, 'token_missing', 'Expected a header "Authorization: Bearer <token>"')
}
