// The log-in of a plan file: a strategy of auth-setup.ts by its name.
import {
  apiKey,
  type AuthStrategy,
  basicAuth,
  bearerToken,
  clientCredentials,
  noLogin,
  passwordGrant,
  passwordLogin,
  sessionCookie,
} from '../auth-setup.ts'
import type { CredentialsOf } from '../auth/credentials.ts'
import { requiredEnv } from '../env.ts'
import type { Credentials } from '../users-file.ts'
import type { PlanLogIn, PlanOauth, PlanUsers } from './plan-file.ts'
import { asText, template, type TemplateScope } from './template.ts'

/** The strategy with its settings; to be called in init code. */
export const logInOfPlan = (login: PlanLogIn | undefined): AuthStrategy => {
  if (!login) return noLogin
  switch (login.strategy) {
    case 'passwordLogin':
      return passwordLogin({ ...withUsers(login), ...logInsOf(login), ...bodyOf(login) })
    case 'sessionCookie':
      return sessionCookie({ ...withUsers(login), ...bodyOf(login) })
    case 'clientCredentials':
      return clientCredentials({ ...login, ...logInsOf(login), ...secretOf(login) })
    case 'passwordGrant':
      return passwordGrant({ ...withUsers(login), ...logInsOf(login), ...secretOf(login) })
    case 'basicAuth':
      return basicAuth(withUsers(login).credentials)
    case 'apiKey':
      return apiKey(login.variable, placeOf(login))
    case 'bearerToken':
      return bearerToken(login.variable)
  }
}

// A plan without credentials takes those of the environment.
const withUsers = <LogIn extends PlanUsers>({ credentials, ...login }: LogIn) => ({
  ...login,
  ...(credentials && { credentials: credentialsOf(credentials) }),
})

const credentialsOf = (all: Credentials): CredentialsOf => {
  const [username, password] = [template(all.username), template(all.password)]
  return (user) => {
    const scope = { user } as TemplateScope
    return { username: asText(username(scope)), password: asText(password(scope)) }
  }
}

type Fields = { fields?: { username: string; password: string } }

const bodyOf = ({ fields }: Fields) =>
  fields && {
    body: ({ username, password }: Credentials) => ({
      [fields.username]: username,
      [fields.password]: password,
    }),
  }

const logInsOf = ({ logInsBeforeLoad: inSetup }: { logInsBeforeLoad?: number }) =>
  inSetup === undefined ? undefined : { logIn: { inSetup } }

const secretOf = ({ clientSecretVariable: variable }: PlanOauth) =>
  variable === undefined ? undefined : { clientSecret: requiredEnv(variable) }

const placeOf = ({ header, query }: { header?: string; query?: string }) =>
  query === undefined ? { header: header ?? 'X-Api-Key' } : { query }
