import type { Prompt } from '../../lib/data-generators.ts'
import { messageValidator } from '../../lib/grpc.ts'
import { operationFailed } from '../../lib/operation-failed.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { type Enhancement, prompts, texts } from './service.ts'

const ENHANCE_EACH = 'prompts.v1.Prompts/EnhanceEach'
const PROMPTS = 3

const validate = messageValidator<Enhancement, Prompt>(ENHANCE_EACH, {
  rules: { 'prompt-kept': ({ enhancedPrompt }, { text }) => enhancedPrompt.includes(text) },
})

/** Both sides stream: each prompt is sent when the one before it has been answered. */
export const enhanceEach = async (session: Session, { index }: IterationData): Promise<void> => {
  let answered = 0
  await prompts.as(session).stream(ENHANCE_EACH, (stream) => {
    const promptAt = (place: number): Prompt => texts.at(index + place)
    stream.on('data', (message) => {
      validate(message, promptAt(answered))
      answered++
      if (answered < PROMPTS) stream.write({ prompt: promptAt(answered).text })
      else stream.end()
    })
    stream.write({ prompt: promptAt(0).text })
  })
  if (answered < PROMPTS) throw operationFailed('unanswered', `${answered} of ${PROMPTS} prompts`)
}
