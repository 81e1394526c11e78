import { USERS_FILE } from '../k6/environment.ts'

const HIDDEN = '***'

/** In the names of variables whose values are nobody else's business. */
const SECRET = /PASS|SECRET|TOKEN|KEY|AUTH|CRED|SESSION|COOKIE/i

/** A shorter value would take away parts of ordinary words. */
const LENGTH_MIN = 4

/** A text without what the environment's secrets are: a script may put them into its errors. */
export function withoutValues(text: string, env: NodeJS.ProcessEnv): string {
  const values = Object.entries(env).flatMap(([name, value = '']) => {
    return name !== USERS_FILE && SECRET.test(name) && value.length >= LENGTH_MIN ? [value] : []
  })
  // The longest first: one may be a part of another.
  const sorted = values.sort((a, b) => b.length - a.length)
  return sorted.reduce((shown, value) => shown.replaceAll(value, HIDDEN), text)
}
