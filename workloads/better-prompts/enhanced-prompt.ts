import type { JsonSchema } from '../../lib/json-schema.ts'

/** What the API makes of one prompt. */
export interface EnhancedPrompt {
  id: number
  technique: string
  enhanced_prompt: string
  cost_usd: number
}

export const ENHANCED_PROMPT: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer', minimum: 1 },
    technique: { type: 'string', minLength: 1 },
    enhanced_prompt: { type: 'string' },
    cost_usd: { type: 'number', minimum: 0 },
  },
}
