import { check } from 'k6'
import { Trend } from 'k6/metrics'
import { createPromptStream } from '../../lib/data-generators.ts'
import { operationFailed } from '../../lib/operation-failed.ts'
import { runSettings } from '../../lib/run-settings.ts'
import type { Session } from '../../lib/session.ts'
import { type Connection, withWebSocket } from '../../lib/web-socket.ts'
import type { IterationData } from '../../lib/workload.ts'
import { type Enhanced, LIVE } from './live.ts'

const prompts = createPromptStream({ seed: runSettings().seed })

/** From a prompt to its answer; the operation as a whole has the log-in and the connection besides. */
const answerTime = new Trend('live_answer', true)

const PROMPTS = 3

/** Connects, sends some prompts one after the other, each when the last one is answered, and leaves. */
export const ask = (session: Session, { index }: IterationData): Promise<void> => {
  return withWebSocket(session, { path: LIVE }, async (connection) => {
    for (let id = 1; id <= PROMPTS; id++) {
      await askOne(connection, id, prompts.at(index * PROMPTS + id - 1).text)
    }
  })
}

const askOne = async (connection: Connection, id: number, prompt: string): Promise<void> => {
  const startedAtMs = Date.now()
  connection.send({ id, type: 'enhance', prompt })
  const { result } = await connection.receive<Enhanced>((message) => message.id === id)
  answerTime.add(Date.now() - startedAtMs)
  const isKept = result?.enhanced_prompt.includes(prompt) === true
  check(isKept, { 'prompt-kept': (isTrue) => isTrue })
  if (!isKept) throw operationFailed('answer-wrong', `the answer to prompt ${id} is not of it`)
}
