import { type Diagnosis, number } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/** No API that one script calls has more routes; k6 Cloud warns at 500 URLs. */
const NAMES_MAX = 100

/** Names that differ in nothing but an id: two versions of a route do that, ten do not. */
const VARIANTS_MAX = 9

/** Numbers, UUIDs and long hexadecimal names between slashes, and values of a query. */
const ID =
  /(?<=\/)(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=[a-f]*\d)[0-9a-f]{16,})(?=[/?#]|$)|(?<==)[^&#]+/gi

/** Requests are named by their address instead of their route, so that each has a row of its own. */
export function tooManyUrls({ endpoints }: DiagnosisFacts): Diagnosis[] {
  const names = endpoints.filter(({ count }) => count > 0).map(({ endpoint }) => endpoint)
  const [route = '', variants = 0] = mostVaried(names)
  if (names.length <= NAMES_MAX && variants <= VARIANTS_MAX) return []
  const example = variants > VARIANTS_MAX ? `, ${number(variants)} of them like ${route}` : ''
  return [
    {
      id: 'too-many-urls',
      title: 'Too many names of requests',
      text: `Requests have ${number(names.length)} different names${example}, so each row has few of them.`,
      advice: 'Give each request the route as its name tag, with {id} in place of what varies.',
      severity: 'warning',
    },
  ]
}

function mostVaried(names: readonly string[]): [route: string, variants: number] | [] {
  const routes = new Map<string, number>()
  for (const name of names) {
    const route = name.replaceAll(ID, '{id}')
    if (route !== name) routes.set(route, (routes.get(route) ?? 0) + 1)
  }
  return [...routes].sort(([, one], [, other]) => other - one)[0] ?? []
}
