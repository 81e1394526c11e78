import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'

const HISTORY = endpoint('GET /v1/history')

const PAGE_SIZE = 20

interface HistoryPage {
  items: { id: number; created_at: string }[]
  page: number
  total: number
}

const validate = answerValidator<HistoryPage, number>(HISTORY, {
  schema: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        maxItems: PAGE_SIZE,
        items: { properties: { id: { type: 'integer' }, created_at: { type: 'string' } } },
      },
      page: { type: 'integer' },
      total: { type: 'integer', minimum: 0 },
    },
  },
  rules: {
    'page-asked-for': (body, page) => body.page === page,
    'newest-first': ({ items }) =>
      items.every(({ created_at }, i) => created_at <= (items[i - 1]?.created_at ?? created_at)),
  },
})

/** Looks at one of the first pages of what this user has sent so far. */
export const history = (session: Session, { random }: IterationData): void => {
  const page = 1 + Math.floor(random() * 3)
  validate(session.send(HISTORY, undefined, { query: { page, page_size: PAGE_SIZE } }), page)
}
