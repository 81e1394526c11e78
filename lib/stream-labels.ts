// Labels that would multiply every series of a Prometheus, in runs that stream to one. They travel as
// k6's metadata: recorded with each sample, pushed by no metrics output, and counted by the toolkit.
import { b64decode } from 'k6/encoding'
import exec from 'k6/execution'
import { headersOf, type Session } from './session.ts'

// k6 builds this object anew at each access.
let kept: Record<string, unknown> | undefined

const label = (name: string, value: string | undefined): void => {
  kept ??= exec.vu.metrics.metadata
  if (value === undefined) Reflect.deleteProperty(kept, name)
  else kept[name] = value
}

/**
 * Labels what a user does with its segment, to be called in each iteration: k6 forgets the metadata of a
 * VU that rested.
 *
 * @param claim of the user's access token, a JSON Web Token (RFC 7519)
 */
export const segmentLabel = (claim: string): ((session: Session) => void) => {
  let known: Session | undefined
  let segment: string | undefined
  return (session) => {
    if (session !== known) segment = claimOf(headersOf(session)['Authorization'] ?? '', claim)
    known = session
    label('segment', segment)
  }
}

interface Added {
  name: string
  add: (value: number | boolean) => void
}

/**
 * Labels each value of an answer's rates with the technique that it is about.
 *
 * @param techniqueOf one technique, or one for each value of a list
 * @param metrics of which the first `rates` are labelled from now on
 * @returns to be called before the values of an answer are added
 */
export const techniqueLabels = <Input>(
  techniqueOf: (input: Input) => string | readonly string[],
  { metrics, rates }: { metrics: Added[]; rates: number },
): ((input: Input) => void) => {
  let list: readonly string[] = []
  const next: number[] = []
  metrics.slice(0, rates).forEach((metric, place) => {
    const { name } = metric
    const add = (value: number | boolean): void => {
      const at = next[place] ?? 0
      next[place] = at + 1
      label('technique', list[at])
      metric.add(value)
      label('technique', undefined)
    }
    metrics[place] = { name, add }
  })
  return (input) => {
    const techniques = techniqueOf(input)
    list = typeof techniques === 'string' ? [techniques] : techniques
    next.length = 0
  }
}

// A token of another kind has no claims: its users have no segment.
const claimOf = (authorization: string, claim: string): string | undefined => {
  try {
    const payload = b64decode(authorization.split('.')[1] ?? '', 'rawurl', 's')
    const value = (JSON.parse(payload) as Record<string, unknown>)[claim]
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
