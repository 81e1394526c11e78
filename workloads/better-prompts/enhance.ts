import type { Prompt } from '../../lib/data-generators.ts'
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { ENHANCED_PROMPT, type EnhancedPrompt } from './enhanced-prompt.ts'
import { prompts } from './prompts.ts'

const ENHANCE = endpoint('POST /v1/enhance')

const validate = answerValidator<EnhancedPrompt, Prompt>(ENHANCE, {
  schema: ENHANCED_PROMPT,
  rules: { 'prompt-kept': ({ enhanced_prompt }, { text }) => enhanced_prompt.includes(text) },
  shares: { technique_accuracy: (body, { technique }) => body.technique === technique },
  labels: { technique: ({ technique }) => technique },
  values: { cost_usd: ({ cost_usd }) => cost_usd },
})

/** Sends one prompt and checks what came back against the technique it was written for. */
export const enhance = (session: Session, { index }: IterationData): void => {
  const prompt = prompts.at(index)
  validate(session.send(ENHANCE, { prompt: prompt.text }), prompt)
}
