import { promptAt } from '../../lib/data-generators.ts'
import { endpoint } from '../../lib/endpoint.ts'
import { validateAnswer } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { costUsd, type EnhancedPrompt, techniqueAccuracy } from './enhance.ts'

const BATCH = endpoint('POST /v1/batch')

const PROMPTS_PER_BATCH = 10

interface BatchAnswer {
  id: number
  results: EnhancedPrompt[]
  cost_usd: number
}

/** Sends ten prompts at once; every one must come back enhanced, in the order it was sent. */
export function batch(session: Session, { seed, index }: IterationData): void {
  const prompts = Array.from({ length: PROMPTS_PER_BATCH }, (_, position) =>
    promptAt(seed, index * PROMPTS_PER_BATCH + position),
  )
  const answer = session.send(BATCH, { body: { prompts: prompts.map(({ text }) => text) } })
  const body = validateAnswer<BatchAnswer>(BATCH, answer, {
    fields: { id: 'number', results: 'array', cost_usd: 'number' },
    rules: {
      'every-prompt-answered': ({ results }) => results.length === prompts.length,
      'prompts-kept': ({ results }) =>
        results.every(({ enhanced_prompt }, i) => enhanced_prompt.includes(prompts[i]?.text ?? '')),
    },
  })
  if (!body) return
  body.results.forEach(({ technique }, i) => {
    techniqueAccuracy.add(technique === prompts[i]?.technique)
  })
  costUsd.add(body.cost_usd)
}
