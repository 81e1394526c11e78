import { Client } from 'k6/net/grpc'
import { createPromptStream } from '../../lib/data-generators.ts'
import { grpcCalls } from '../../lib/grpc.ts'
import { runSettings } from '../../lib/run-settings.ts'

const client = new Client()
// Paths begin at this file. Of an API of your own: client.load(['.'], 'shop.proto')
client.load(['../../sandbox/grpc'], 'prompts.proto')

/** Calls of the service at the target. */
export const prompts = grpcCalls(client)

/** What the service makes of one prompt; in JSON, so k6 writes `enhanced_prompt` as `enhancedPrompt`. */
export interface Enhancement {
  id: number
  technique: string
  enhancedPrompt: string
  costUsd: number
}

/** What people send, the same in every run of the same seed. */
export const texts = createPromptStream({
  seed: runSettings().seed,
  shares: { unicode: 0.05, veryLong: 0.01, repeated: 0.1 },
  longCharacters: 2_000,
})
