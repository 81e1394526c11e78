import { type Endpoint, endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import { credentialsOf } from './user.ts'

/** A session of the store: what a log-in gives, besides that of the run's user. */
interface StoreSession {
  session_token: string
  refresh_token: string
  expires_in: number
}

const LOG_IN = endpoint('POST /v1/store/sessions', { statuses: [201] })
const VALIDATE = endpoint('GET /v1/store/sessions/current')
const REFRESH = endpoint('POST /v1/store/sessions/refresh')
const LOG_OUT = endpoint('DELETE /v1/store/sessions/current', { statuses: [204] })
const AFTER_LOG_OUT = endpoint('GET /v1/store/sessions/current', {
  label: 'after log-out',
  statuses: [401],
})

// Clocks of two machines may be so far apart.
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
// Their responses have nothing to read.
const validateLogOut = answerValidator<true>(LOG_OUT, { read: () => true })
const validateEnd = answerValidator<true>(AFTER_LOG_OUT, { read: () => true })

// One VU runs in one JavaScript runtime, so this is its session.
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

/** Renews the session, which must be open with the new token. */
const refresh = (session: Session): void => {
  const own = ensureSession(session)
  if (!own) return
  const response = session.send(REFRESH, { refresh_token: own.refresh_token })
  open = validateRefresh(response, own)
  if (open) validateSession(sendAs(session, open, VALIDATE), session.user)
}

/** Ends the session, whose token must be worth nothing then. */
const logOut = (session: Session): void => {
  const own = ensureSession(session)
  if (!own) return
  open = undefined
  if (!validateLogOut(sendAs(session, own, LOG_OUT))) return
  validateEnd(sendAs(session, own, AFTER_LOG_OUT))
}

/** What can be done with sessions, by the names of the operations. */
export const sessionOperations = { 'log-in': logIn, validate, refresh, 'log-out': logOut }

const ensureSession = (session: Session): StoreSession | undefined => {
  if (!open) logIn(session)
  return open
}

// As that session, and not as the run's user.
const sendAs = (session: Session, { session_token }: StoreSession, to: Endpoint) => {
  return session.send(to, undefined, { headers: { Authorization: `Bearer ${session_token}` } })
}
