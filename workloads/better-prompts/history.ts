import { endpoint } from '../../lib/endpoint.ts'
import { validateAnswer } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'

const HISTORY = endpoint('GET /v1/history')

const PAGE_SIZE = 20

interface HistoryPage {
  items: { id: number; created_at: string }[]
  page: number
  total: number
}

/** Looks at one of the first pages of what this user has sent so far. */
export function history(session: Session, { random }: IterationData): void {
  const page = 1 + Math.floor(random() * 3)
  const answer = session.send(HISTORY, { query: { page, page_size: PAGE_SIZE } })
  validateAnswer<HistoryPage>(HISTORY, answer, {
    fields: { items: 'array', page: 'number', total: 'number' },
    rules: {
      'page-asked-for': (body) => body.page === page,
      'newest-first': ({ items }) =>
        items.every(({ created_at }, i) => created_at <= (items[i - 1]?.created_at ?? created_at)),
    },
  })
}
