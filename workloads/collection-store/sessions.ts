import { credentialsFrom } from '../../lib/auth/credentials.ts'
import { sandboxUser } from '../../lib/auth/sandbox-login.ts'
import { type Endpoint, endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'

/** A session of the store. It is not the log-in that the run's requests are sent with. */
interface StoreSession {
  session_token: string
  refresh_token: string
  expires_in: number
}

/** Name and password of the nth user: those of the environment, or the sandbox's. */
const credentialsOf = credentialsFrom(sandboxUser)

const LOG_IN = endpoint('POST /v1/store/sessions', { statuses: [201] })
const VALIDATE = endpoint('GET /v1/store/sessions/current')
const REFRESH = endpoint('POST /v1/store/sessions/refresh')
const LOG_OUT = endpoint('DELETE /v1/store/sessions/current', { statuses: [204] })
const AFTER_LOG_OUT = endpoint('GET /v1/store/sessions/current', {
  label: 'after log-out',
  statuses: [401],
})

// The clocks of the target and of the load generator may differ by this much.
const CLOCKS_APART_MS = 60_000

const SESSION = {
  type: 'object',
  properties: {
    session_token: { type: 'string', minLength: 20 },
    refresh_token: { type: 'string', minLength: 20 },
    expires_in: { type: 'integer', minimum: 1 },
  },
} as const

const validateLogIn = answerValidator<StoreSession>(LOG_IN, { schema: SESSION })
const validateSession = answerValidator<{ username: string; ends_at: string }, number>(VALIDATE, {
  rules: {
    'own-session': ({ username }, user) => username === credentialsOf(user).username,
    'session-open': ({ ends_at }) => Date.parse(ends_at) > Date.now() - CLOCKS_APART_MS,
  },
})
const validateRefresh = answerValidator<StoreSession, StoreSession>(REFRESH, {
  schema: SESSION,
  rules: {
    'tokens-renewed': (after, before) =>
      after.session_token !== before.session_token && after.refresh_token !== before.refresh_token,
  },
})
// These responses have no body.
const validateLogOut = answerValidator<true>(LOG_OUT, { read: () => true })
const validateEnd = answerValidator<true>(AFTER_LOG_OUT, { read: () => true })

// Each VU has a JavaScript runtime, so this is the session of this VU.
let open: StoreSession | undefined

/** Begins a session. */
const logIn = (session: Session): void => {
  open = validateLogIn(session.send(LOG_IN, credentialsOf(session.user)))
}

/** Asks whether the session is still open, and whose it is. */
const validate = (session: Session): void => {
  const own = ensureSession(session)
  if (own) validateSession(sendAs(session, own, VALIDATE), session.user)
}

/** Renews the session, and checks that it is open with the new token. */
const refresh = (session: Session): void => {
  const own = ensureSession(session)
  if (!own) return
  const response = session.send(REFRESH, { refresh_token: own.refresh_token })
  open = validateRefresh(response, own)
  if (open) validateSession(sendAs(session, open, VALIDATE), session.user)
}

/** Ends the session, and checks that its token is no longer accepted. */
const logOut = (session: Session): void => {
  const own = ensureSession(session)
  if (!own) return
  open = undefined
  if (!validateLogOut(sendAs(session, own, LOG_OUT))) return
  validateEnd(sendAs(session, own, AFTER_LOG_OUT))
}

/** Operations on sessions, by name. */
export const sessionOperations = { 'log-in': logIn, validate, refresh, 'log-out': logOut }

const ensureSession = (session: Session): StoreSession | undefined => {
  if (!open) logIn(session)
  return open
}

// With the token of that session, in place of the log-in of the run.
const sendAs = (session: Session, { session_token }: StoreSession, to: Endpoint) => {
  return session.send(to, undefined, { headers: { Authorization: `Bearer ${session_token}` } })
}
