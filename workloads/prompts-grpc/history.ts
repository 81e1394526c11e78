import { messageValidator } from '../../lib/grpc.ts'
import { operationFailed } from '../../lib/operation-failed.ts'
import type { Session } from '../../lib/session.ts'
import { prompts } from './service.ts'

const HISTORY = 'prompts.v1.Prompts/History'
const LIMIT = 20

interface HistoryItem {
  id: number
  createdAt: string
}

const validate = messageValidator<HistoryItem, string>(HISTORY, {
  rules: { 'newest-first': ({ createdAt }, before) => createdAt <= before },
})

/** The service streams: what this user has sent last. */
export const history = async (session: Session): Promise<void> => {
  let before = '9999'
  let items = 0
  await prompts.as(session).stream(HISTORY, (stream) => {
    stream.on('data', (item) => {
      items++
      before = validate(item, before)?.createdAt ?? before
    })
    stream.write({ limit: LIMIT })
    stream.end()
  })
  if (items > LIMIT)
    throw operationFailed('too-many-items', `${items} of at most ${LIMIT} items came`)
}
