import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Response, Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { messageText, ownChannel } from './channel.ts'

const PUBLISH = endpoint('POST /v1/store/channels/:channel/messages', { statuses: [201] })
const EVENTS = endpoint('GET /v1/store/channels/:channel/events')

interface Event {
  id: number
  text: string
}

/** Messages of one response, and which numbers they must have. */
interface Expected {
  after: number
  texts: string[]
}

const validatePublish = answerValidator<{ sequence: number }>(PUBLISH, {
  schema: { type: 'object', properties: { sequence: { type: 'integer', minimum: 1 } } },
})

/**
 * The events of a response of `text/event-stream`, by those rules of the HTML standard that the API uses; undefined if it
 * does not end properly.
 */
const eventsOf = ({ body }: Response): Event[] | undefined => {
  const blocks = body.split('\n\n')
  if (blocks.pop() !== '' || blocks.pop()?.startsWith('event: end\n') !== true) return undefined
  return blocks.map((block) => {
    const fields = block.split('\n').map((line) => line.split(/: (.*)/s))
    const valueOf = (name: string) => fields.find(([field]) => field === name)?.[1] ?? ''
    const { text } = JSON.parse(valueOf('data')) as { text: string }
    return { id: Number(valueOf('id')), text }
  })
}

const validateEvents = answerValidator<Event[], Expected>(EVENTS, {
  read: eventsOf,
  rules: {
    'every-event-came': (events, { texts }) => events.length === texts.length,
    'events-in-order': (events, { after }) => events.every(({ id }, at) => id === after + 1 + at),
    'message-kept': (events, { texts }) => events.every(({ text }, at) => text === texts[at]),
  },
})

const MESSAGES = 3

/**
 * Publishes messages and reads them as server-sent events. k6 has no client for those: it gives a response when it is
 * whole, so the API is asked for a stream that ends after so many messages.
 */
export const readEvents = (session: Session, { index }: IterationData): void => {
  const params = { channel: `events-${ownChannel(session.user)}` }
  const texts: string[] = []
  let first: number | undefined
  for (let nth = 0; nth < MESSAGES; nth++) {
    const id = index * MESSAGES + nth
    const text = messageText(id)
    const published = validatePublish(session.send(PUBLISH, { id, text }, { params }))
    if (!published) return
    first ??= published.sequence
    texts.push(text)
  }
  const after = (first ?? 1) - 1
  const query = { after, limit: MESSAGES, wait_ms: 1_000 }
  validateEvents(session.send(EVENTS, undefined, { params, query }), { after, texts })
}
