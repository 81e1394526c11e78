import type { Enhancement } from './enhancer.ts'

/** Longest prompt, in characters (Unicode code points). */
export const PROMPT_LENGTH_MAX = 20_000

/** A prompt in a request. */
export const PROMPT_SCHEMA = { type: 'string', minLength: 1, maxLength: PROMPT_LENGTH_MAX }

/** An enhancement in a response. */
export const ENHANCEMENT_SCHEMA = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    technique: { type: 'string' },
    confidence: { type: 'number' },
    enhanced_prompt: { type: 'string' },
    cached: { type: 'boolean' },
    cost_usd: { type: 'number' },
    model_ms: { type: 'number' },
  },
}

/** The body that `ENHANCEMENT_SCHEMA` describes. */
export function enhancementBody(id: number, enhancement: Enhancement) {
  return {
    id,
    technique: enhancement.technique,
    confidence: enhancement.confidence,
    enhanced_prompt: enhancement.enhancedPrompt,
    cached: enhancement.cached,
    cost_usd: enhancement.costUsd,
    model_ms: enhancement.modelMs,
  }
}
