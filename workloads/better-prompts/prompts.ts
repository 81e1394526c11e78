import { createPromptStream } from '../../lib/data-generators.ts'
import { runSettings } from '../../lib/run-settings.ts'

/** What people send: mostly plain English, some of it in other scripts, long, or asked before. */
export const prompts = createPromptStream({
  seed: runSettings().seed,
  shares: { unicode: 0.05, veryLong: 0.01, repeated: 0.1 },
  longCharacters: 2_000,
})
