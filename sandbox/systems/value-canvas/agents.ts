import type { Model } from '../../model.ts'

/** Median latencies of the three agents, which share the places of the model. */
export interface AgentMedians {
  agentFastMedianMs: number
  agentMediumMedianMs: number
  agentSlowMedianMs: number
}

export type AgentName = 'fast' | 'medium' | 'slow'

/** One call of an agent; its latency does not include the wait for a place. */
export interface AgentCall {
  name: AgentName
  latency_ms: number
}

const ALL: readonly AgentName[] = ['fast', 'medium', 'slow']

/**
 * Calls agents one after another. They are calls of the one model: they share its random
 * sequence, its places and its queue with prompts.
 *
 * @throws ApiError 503 when the model is overloaded
 */
export async function callInTurn(
  model: Model,
  medians: AgentMedians,
  names: readonly AgentName[] = ALL,
): Promise<AgentCall[]> {
  const calls: AgentCall[] = []
  for (const name of names) calls.push(await callAgent(model, medians, name))
  return calls
}

/**
 * Calls agents at the same time, which takes as long as the slowest.
 *
 * @throws ApiError 503 when the model is overloaded
 */
export function callInParallel(
  model: Model,
  medians: AgentMedians,
  names: readonly AgentName[] = ALL,
): Promise<AgentCall[]> {
  return Promise.all(names.map((name) => callAgent(model, medians, name)))
}

async function callAgent(
  model: Model,
  { agentFastMedianMs: fast, agentMediumMedianMs: medium, agentSlowMedianMs: slow }: AgentMedians,
  name: AgentName,
): Promise<AgentCall> {
  return { name, latency_ms: await model.call({ fast, medium, slow }[name]) }
}
