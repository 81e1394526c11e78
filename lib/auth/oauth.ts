// OAuth 2.0 (RFC 6749): tokens from a server of their own, which takes forms.
import { b64encode } from 'k6/encoding'
import { authEndpoint } from '../endpoint.ts'
import type { Send } from '../session.ts'
import { type CredentialsOf, credentialsFrom } from './credentials.ts'
import { authFailures, logInFailed, type LogInWhen, tokenLogIn } from './token-log-in.ts'
import { type TokenNames, type Tokens, tokensOf } from './tokens.ts'

export interface OauthClient extends TokenNames {
  /** e.g. `POST https://login.example.com/oauth/token`: the host must be one of `allowedTargets`. */
  endpoint: string
  clientId: string
  /** From the environment: `requiredEnv('SHOP_CLIENT_SECRET')`. */
  clientSecret?: string
  /** Where the server wants id and secret: as fields of the form, or as HTTP Basic. @default 'body' */
  clientIn?: 'body' | 'header'
  scope?: string
  /** Further fields of the form, such as `audience`. */
  fields?: Record<string, string>
  /** @default { inSetup: 1 } for client credentials, 'per-vu' for passwords */
  logIn?: LogInWhen
}

/** One token for the whole client, which all VUs share. To be called in init code. */
export const clientCredentials = (client: OauthClient) => {
  const ask = tokenRequest(client)
  return tokenLogIn({
    logIn: (send) => ask(send, { grant_type: 'client_credentials' }),
    when: client.logIn ?? { inSetup: 1 },
  })
}

/** A token for each user, by name and password; refreshed where the server gives a refresh token. */
export const passwordGrant = (client: OauthClient & { credentials?: CredentialsOf }) => {
  const ask = tokenRequest(client)
  const credentials = credentialsFrom(client.credentials)
  return tokenLogIn({
    logIn: (send, user) => ask(send, { grant_type: 'password', ...credentials(user) }),
    refresh(send, { refresh }) {
      if (refresh === undefined) return undefined
      const fields = { grant_type: 'refresh_token', refresh_token: refresh }
      const tokens = tokensOf(ask.response(send, fields), client)
      return tokens && { refresh, ...tokens }
    },
    when: client.logIn ?? 'per-vu',
  })
}

// A request to the token endpoint with what every grant says of its client.
const tokenRequest = (client: OauthClient) => {
  const { clientId, clientSecret = '', clientIn = 'body', scope } = client
  const endpoint = authEndpoint(client.endpoint)
  const failures = authFailures()
  const isBasic = clientIn === 'header'
  const basic = `Basic ${b64encode(`${clientId}:${clientSecret}`)}`
  const options = { as: 'form' as const, ...(isBasic && { headers: { Authorization: basic } }) }
  const own = {
    ...client.fields,
    ...(scope !== undefined && { scope }),
    ...(!isBasic && { client_id: clientId, ...(clientSecret && { client_secret: clientSecret }) }),
  }
  const response = (send: Send, fields: Record<string, string>) =>
    send(endpoint, { ...own, ...fields }, options)
  const ask = (send: Send, fields: Record<string, string>): Tokens => {
    const answered = response(send, fields)
    const tokens = tokensOf(answered, client)
    if (tokens) return tokens
    throw logInFailed(failures, `${endpoint.name} to answer with an access_token`, answered)
  }
  return Object.assign(ask, { response })
}
