import { Rate, Trend } from 'k6/metrics'
import { promptAt } from '../../lib/data-generators.ts'
import { endpoint } from '../../lib/endpoint.ts'
import { validateAnswer } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'

const ENHANCE = endpoint('POST /v1/enhance')

/** Share of prompts for which the API chose the technique that the prompt was written for. */
export const techniqueAccuracy = new Rate('technique_accuracy')

/** What one request costs its owner, in US dollars. */
export const costUsd = new Trend('cost_usd')

export interface EnhancedPrompt {
  id: number
  technique: string
  enhanced_prompt: string
  cost_usd: number
}

/** Sends one prompt and checks what came back against the technique it was written for. */
export function enhance(session: Session, { seed, index }: IterationData): void {
  const { text, technique } = promptAt(seed, index)
  const answer = session.send(ENHANCE, { body: { prompt: text } })
  const enhanced = validateAnswer<EnhancedPrompt>(ENHANCE, answer, {
    fields: { id: 'number', technique: 'string', enhanced_prompt: 'string', cost_usd: 'number' },
    rules: { 'prompt-kept': (body) => body.enhanced_prompt.includes(text) },
  })
  if (!enhanced) return
  techniqueAccuracy.add(enhanced.technique === technique)
  costUsd.add(enhanced.cost_usd)
}
