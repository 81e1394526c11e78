import type { Prompt } from '../../lib/data-generators.ts'
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { ENHANCED_PROMPT, type EnhancedPrompt } from './enhanced-prompt.ts'
import { prompts } from './prompts.ts'

const BATCH = endpoint('POST /v1/batch')

interface BatchResponse {
  id: number
  results: EnhancedPrompt[]
  cost_usd: number
}

const validate = answerValidator<BatchResponse, Prompt[]>(BATCH, {
  schema: {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      results: { type: 'array', items: ENHANCED_PROMPT },
      cost_usd: { type: 'number', minimum: 0 },
    },
  },
  rules: {
    'every-prompt-answered': ({ results }, prompts) => results.length === prompts.length,
    'prompts-kept': ({ results }, prompts) =>
      results.every(({ enhanced_prompt }, i) => enhanced_prompt.includes(prompts[i]?.text ?? '')),
  },
  shares: {
    technique_accuracy: ({ results }, prompts) =>
      results.map(({ technique }, i) => technique === prompts[i]?.technique),
  },
  labels: { technique: (prompts) => prompts.map(({ technique }) => technique) },
  values: { cost_usd: ({ cost_usd }) => cost_usd },
})

/** Sends ten prompts at once; every one must come back enhanced, in the order it was sent. */
export const batch = (session: Session, { index }: IterationData): void => {
  const batch = prompts.batchAt(index)
  const response = session.send(BATCH, { prompts: batch.map(({ text }) => text) })
  validate(response, batch)
}
