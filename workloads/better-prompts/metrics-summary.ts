import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { pick, type Random } from '../../lib/random.ts'
import type { Response, Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'

const SUMMARY = endpoint('GET /v1/metrics/summary')

interface Share {
  prompts: number
}

/** The numbers of all prompts that a filter leaves, up to one of them. */
export interface Summary {
  from: string
  to: string
  up_to_id: number
  prompts: number
  by_technique: Share[]
  by_segment: Share[]
}

/** What a person narrows a dashboard down to; empty for everything. */
export type Filter = Record<string, string>

const FILTERS: readonly Filter[] = [
  {},
  { segment: 'pro' },
  { segment: 'free' },
  { technique: 'few-shot' },
  { technique: 'constraint', segment: 'enterprise' },
]

const sumOf = (shares: readonly Share[]): number =>
  shares.reduce((sum, { prompts }) => sum + prompts, 0)

const validate = answerValidator<Summary>(SUMMARY, {
  schema: {
    type: 'object',
    properties: {
      from: { type: 'string' },
      to: { type: 'string' },
      up_to_id: { type: 'integer', minimum: 0 },
      prompts: { type: 'integer', minimum: 0 },
      by_technique: { type: 'array' },
      by_segment: { type: 'array' },
    },
  },
  rules: {
    'techniques-add-up': ({ prompts, by_technique }) => sumOf(by_technique) === prompts,
    'segments-add-up': ({ prompts, by_segment }) => sumOf(by_segment) === prompts,
  },
})

/** One of the filters that people use. */
export const someFilter = (random: Random): Filter => {
  return pick(random, FILTERS)
}

/** Asks for a summary; both undefined when the response was rejected. */
export const getSummary = (
  session: Session,
  query: Record<string, string | number>,
): { response?: Response; summary?: Summary } => {
  const response = session.send(SUMMARY, undefined, { query })
  const summary = validate(response)
  return summary ? { response, summary } : {}
}

/** Looks at the last minutes through one of the filters. */
export const readSummary = (session: Session, { random }: IterationData): void => {
  getSummary(session, someFilter(random))
}
