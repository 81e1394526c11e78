import type { Model } from '../../model.ts'

/** Medians of the three agents, which wait for the model's places as well. */
export interface AgentMedians {
  agentFastMedianMs: number
  agentMediumMedianMs: number
  agentSlowMedianMs: number
}

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
export async function callAgents(model: Model, medians: AgentMedians): Promise<AgentCall[]> {
  return [
    { name: 'fast', latency_ms: await model.call(medians.agentFastMedianMs) },
    { name: 'medium', latency_ms: await model.call(medians.agentMediumMedianMs) },
    { name: 'slow', latency_ms: await model.call(medians.agentSlowMedianMs) },
  ]
}
