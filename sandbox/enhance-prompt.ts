import { enhancementBody } from './enhancement-body.ts'
import { msSince } from './ms-since.ts'
import type { Services } from './services.ts'
import type { Technique } from './technique-rules.ts'

/** A prompt of a caller, however it came. */
export interface AskedPrompt {
  userId: number
  prompt: string
  /** Chosen here if it is not asked for. */
  technique?: Technique | undefined
  /** What the caller believes would be chosen, for the metrics. */
  expected?: unknown
}

/**
 * Enhances one prompt and stores it before the answer.
 *
 * @throws ApiError 503 when the model or the database is overloaded
 */
export async function enhancePrompt(
  { enhancer, metrics, store }: Services,
  { userId, prompt, technique, expected }: AskedPrompt,
): Promise<ReturnType<typeof enhancementBody>> {
  const sinceMs = performance.now()
  const enhancement = await enhancer.enhance(prompt, technique)
  const id = await store.addEnhancement(userId, enhancement, msSince(sinceMs))

  metrics.techniqueChoices.inc({ technique: enhancement.technique })
  metrics.costUsd.inc(enhancement.costUsd)
  if (expected !== undefined) {
    metrics.techniquePredictions.inc()
    if (expected === enhancement.technique) metrics.techniquePredictionsCorrect.inc()
  }
  return enhancementBody(id, enhancement)
}
