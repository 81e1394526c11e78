import { UNJUDGED_PHASES } from '../../lib/plan.ts'
import { type Catalogue, knownValues } from './catalogue.ts'
import { nearest } from '../core/nearest.ts'
import type { EachKey } from '../indicators/objective.ts'
import type { RawObjective } from './sla-file.ts'
import { type Problem, quote, unknownName } from './problem.ts'

const EACH_KEYS: readonly EachKey[] = ['endpoint', 'operation', 'region']

/** Tags that have a field of their own in the SLA file, or are ours to set. */
const RESERVED_TAGS = new Map([
  ['name', 'Write "endpoint" instead.'],
  ['phase', 'Write "phases": ["hold"] beside "where" instead.'],
  ['judged', 'The toolkit sets this tag; use "phases" to choose what is judged.'],
  ['expected_response', 'Latency counts expected responses; error-ratio counts the others.'],
])

/** Every name in `where`, `each`, `scenarios` and `phases` that the catalogue does not know. */
export function checkNames(
  raw: Partial<RawObjective>,
  path: string,
  catalogue: Catalogue,
): Problem[] {
  return [
    ...Object.entries(raw.where ?? {}).flatMap(([key, value]) => {
      return at(`${path}.where.${key}`, checkWhere(key, value, catalogue))
    }),
    ...(raw.each ? at(`${path}.each`, checkEach(raw.each, catalogue)) : []),
    ...(raw.scenarios ?? []).flatMap((scenario, index) => {
      return at(`${path}.scenarios[${index}]`, checkScenario(scenario, catalogue))
    }),
    ...(raw.phases ?? []).flatMap((phase, index) => {
      return at(`${path}.phases[${index}]`, checkPhase(phase, catalogue))
    }),
  ]
}

function at(path: string, fault: ReturnType<typeof unknownName>): Problem[] {
  return fault === undefined ? [] : [{ path, ...fault }]
}

function checkWhere(key: string, value: string, catalogue: Catalogue) {
  const known = EACH_KEYS.find((each) => each === key)
  if (known) return unknownName(known, value, knownValues(catalogue, known))

  const instead = RESERVED_TAGS.get(key)
  if (instead !== undefined) {
    return { expected: 'a tag of the workload', found: quote(key), hint: instead }
  }
  // Any tag may be named, so only a name that is nearly one of ours is called a typing error.
  const guess = nearest(key, [...EACH_KEYS, 'segment'])
  if (guess === undefined || guess === key) return undefined
  return { expected: 'a tag', found: quote(key), hint: `Did you mean ${quote(guess)}?` }
}

function checkEach(each: EachKey, catalogue: Catalogue) {
  if (knownValues(catalogue, each).length > 0) return undefined
  return {
    expected: `a workload with ${each}s`,
    found: 'none',
    hint: `No scenario of "${catalogue.workload}" has ${each}s, so there is nothing to judge.`,
  }
}

function checkScenario(entry: string, { scenarios, profiles }: Catalogue) {
  const [scenario = '', profile] = entry.split(':')
  const fault = unknownName('scenario', scenario, scenarios)
  if (fault) return fault
  if (profile === undefined || profiles === undefined) return undefined
  return unknownName('profile', profile, profiles)
}

function checkPhase(phase: string, { phases }: Catalogue) {
  if (phases === undefined || UNJUDGED_PHASES.includes(phase)) return undefined
  return unknownName('phase', phase, phases)
}
