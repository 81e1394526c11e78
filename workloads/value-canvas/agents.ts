// Agents called in turn, in parallel, and in pairs with and without the security check.
import { Trend } from 'k6/metrics'
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'

const CHECKED = endpoint('POST /v1/agents/invocations')
const UNCHECKED = endpoint('POST /v1/agents/unchecked-invocations')

const ALL = ['fast', 'medium', 'slow']

interface Invocation {
  agents: { name: string; latency_ms: number }[]
  duration_ms: number
}

const SCHEMA = {
  type: 'object',
  properties: { agents: { type: 'array', minItems: 1 }, duration_ms: { type: 'number' } },
} as const

const RULES = {
  'every-agent-called': ({ agents }: Invocation, names: string[]) =>
    agents.map(({ name }) => name).join() === names.join(),
}

const inTurn = answerValidator<Invocation, string[]>(CHECKED, {
  schema: SCHEMA,
  rules: RULES,
  values: { agents_in_turn_ms: ({ duration_ms }) => duration_ms },
})
const inParallel = answerValidator<Invocation, string[]>(CHECKED, {
  schema: SCHEMA,
  rules: RULES,
  values: { agents_in_parallel_ms: ({ duration_ms }) => duration_ms },
})
const checked = answerValidator<Invocation, string[]>(CHECKED, { schema: SCHEMA, rules: RULES })
const unchecked = answerValidator<Invocation, string[]>(UNCHECKED, { schema: SCHEMA, rules: RULES })

/** Latency of the checked call divided by that of the unchecked one: 1.2 is 20 % more. */
const securityRatio = new Trend('security_ratio')

const taskOf = (index: number): string =>
  `Weigh the value of work item ${index} against its cost, and say in one sentence what to do next.`

/** Three agents, one after the other. */
export const agentsInTurn = (session: Session, { index }: IterationData): void => {
  const body = { agents: ALL, task: taskOf(index) }
  inTurn(session.send(CHECKED, body), ALL)
}

/** Three agents at the same time. */
export const agentsInParallel = (session: Session, { index }: IterationData): void => {
  const body = { agents: ALL, parallel: true, task: taskOf(index) }
  inParallel(session.send(CHECKED, body), ALL)
}

/** The same call with the check and without it, one right after the other in random order. */
export const securityPair = (session: Session, { index, random }: IterationData): void => {
  const names = ['medium']
  const body = { agents: names, task: taskOf(index) }
  const isCheckedFirst = random() < 0.5
  const [first, second] = isCheckedFirst ? [CHECKED, UNCHECKED] : [UNCHECKED, CHECKED]
  const responses = [session.send(first, body), session.send(second, body)] as const
  const [withCheck, without] = isCheckedFirst ? responses : [responses[1], responses[0]]
  if (checked(withCheck, names) && unchecked(without, names)) {
    securityRatio.add(withCheck.timings.duration / without.timings.duration)
  }
}
