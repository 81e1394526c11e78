// The client of a VU: its user and its session, which begins with the first request and lasts over iterations.
import { type Authenticator, NOBODY } from '../authenticator.ts'
import { endpoint, type Endpoint, isExpectedStatus } from '../endpoint.ts'
import { type AsyncSend, createAsyncSend } from '../send-async.ts'
import { createSend, type Send } from '../send.ts'
import { type ClientOptions, initialize, type OpenSession, SESSION_ID } from './initialize.ts'
import { requireStatus } from './result-of.ts'

/** The session of a workload; in a plain k6 script, a target and an authenticator. */
export interface McpUser {
  target: string
  auth?: Authenticator
  /** Time-out of requests that set none. */
  timeoutMs?: number
}

/** How the requests of one user are sent. */
interface Wire {
  user: McpUser
  send: Send
  sendAsync: AsyncSend
  session?: OpenSession | undefined
}

export interface Client {
  /** How the user sends, with a session: a new one if there is none. @throws OperationError */
  open: (user: McpUser) => Wire & { session: OpenSession }
  /** Drops a session that the server no longer knows. */
  forget: (session: OpenSession) => void
  /** Ends the session of the user, if there is one. @throws OperationError */
  end: (user: McpUser) => void
}

/** The client of this VU. `route` is the server's path, or its whole URL; it declares the endpoints of the protocol. */
export const clientOf = (route: string, options: ClientOptions): Client => {
  const { first, initialized, ending } = endpointsOf(route, options)
  let wire: Wire | undefined

  const wireOf = (user: McpUser): Wire => {
    if (wire?.user.target !== user.target || wire.user.auth !== user.auth) wire = wireFor(user)
    return wire
  }
  return {
    open: (user) => {
      const own = wireOf(user)
      own.session ??= initialize(own.send, { first, initialized }, options)
      return own as Wire & { session: OpenSession }
    },
    forget: (session) => {
      if (wire?.session === session) wire.session = undefined
    },
    end: (user) => {
      const own = wireOf(user)
      const { session, send } = own
      own.session = undefined
      if (session?.headers[SESSION_ID] !== undefined) endSession(send, ending, session)
    },
  }
}

const endpointsOf = (route: string, { withLogIn = false }: ClientOptions) => ({
  first: endpoint(`POST ${route}`, { withLogIn, label: 'initialize' }),
  initialized: endpoint(`POST ${route}`, { withLogIn, label: 'notifications/initialized' }),
  ending: endpoint(`DELETE ${route}`, { withLogIn, optional: true, statuses: ENDED }),
})

// A server need not let clients end a session (405), and may have ended it itself (404).
const ENDED = [200, 202, 204, 404, 405]

const wireFor = (user: McpUser): Wire => {
  const { target, auth = NOBODY, timeoutMs } = user
  const send = createSend(target, auth, timeoutMs)
  return { user, send, sendAsync: createAsyncSend(target, auth, timeoutMs) }
}

const endSession = (send: Send, ending: Endpoint, session: OpenSession): void => {
  const response = send(ending, undefined, { headers: session.headers, responseType: 'text' })
  if (!isExpectedStatus(ending, response.status)) requireStatus(ending.name, response)
}
