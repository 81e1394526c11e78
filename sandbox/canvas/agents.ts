import type { Model } from '../model.ts'
import type { SandboxSettings } from '../settings.ts'

/** One agent's part in a workflow, without its wait for a place. */
export interface AgentCall {
  name: 'fast' | 'medium' | 'slow'
  latency_ms: number
}

/**
 * Calls the three agents one after another. They are calls of the one model: they share its random
 * sequence, its places and its queue with prompts.
 *
 * @throws ApiError 503 when the model is overloaded
 */
export async function callAgents(model: Model, settings: SandboxSettings): Promise<AgentCall[]> {
  return [
    { name: 'fast', latency_ms: await model.call(settings.agentFastMedianMs) },
    { name: 'medium', latency_ms: await model.call(settings.agentMediumMedianMs) },
    { name: 'slow', latency_ms: await model.call(settings.agentSlowMedianMs) },
  ]
}
