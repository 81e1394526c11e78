import type { Prompt } from '../../lib/data-generators.ts'
import { messageValidator } from '../../lib/grpc.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { type Enhancement, prompts, texts } from './service.ts'

const ENHANCE = 'prompts.v1.Prompts/Enhance'

const validate = messageValidator<Enhancement, Prompt>(ENHANCE, {
  rules: { 'prompt-kept': ({ enhancedPrompt }, { text }) => enhancedPrompt.includes(text) },
  shares: { technique_accuracy: (message, { technique }) => message.technique === technique },
  values: { cost_usd: ({ costUsd }) => costUsd },
})

/** A call with one answer: one prompt, compared with the technique that it was written for. */
export const enhance = (session: Session, { index }: IterationData): void => {
  const prompt = texts.at(index)
  const answer = prompts.as(session).invoke(ENHANCE, { prompt: prompt.text }, { timeout: '5s' })
  validate(answer, prompt)
}
