import { LRUCache } from 'lru-cache'
import { enhancedPromptOf } from './enhanced-prompt.ts'
import type { Metrics } from './metrics.ts'
import type { Model } from './model.ts'
import { costUsd } from './price.ts'
import type { SandboxSettings } from './settings.ts'
import { chooseTechnique } from './technique-chooser.ts'
import type { Technique } from './technique-rules.ts'

/** What the API does with one prompt. */
export interface Enhancement {
  prompt: string
  technique: Technique
  confidence: number
  enhancedPrompt: string
  /** True when no model was called for it; cost and time are then 0. */
  cached: boolean
  costUsd: number
  /** Milliseconds of the model call, which a batch shares. */
  modelMs: number
}

interface Parts {
  settings: SandboxSettings
  model: Model
  metrics: Metrics
}

type Answer = Pick<Enhancement, 'technique' | 'confidence' | 'enhancedPrompt'>

// Characters of all cached prompts and answers, so that 10,000 very long prompts stay affordable.
const CACHED_CHARACTERS_MAX = 64_000_000

/** Chooses techniques and calls the model, remembering answers by prompt. */
export class Enhancer {
  readonly #settings: SandboxSettings
  readonly #model: Model
  readonly #metrics: Metrics
  readonly #cache: LRUCache<string, Answer> | undefined

  constructor({ settings, model, metrics }: Parts) {
    this.#settings = settings
    this.#model = model
    this.#metrics = metrics
    this.#cache = settings.cacheEntries > 0 ? createCache(settings.cacheEntries) : undefined
  }

  /** @throws ApiError 503 when the model is overloaded */
  async enhance(prompt: string, technique?: Technique): Promise<Enhancement> {
    const key = keyOf(prompt, technique)
    const known = this.#recall(key)
    if (known !== undefined) return fromCache(prompt, known)

    const modelMs = await this.#model.call(this.#settings.modelMedianMs)
    const answer = this.#answer(prompt, technique)
    this.#cache?.set(key, answer)
    return fromModel(prompt, answer, modelMs)
  }

  /**
   * Enhances all prompts with at most one model call; a prompt repeated in the batch is paid once.
   *
   * @throws ApiError 503 when the model is overloaded
   */
  async enhanceAll(prompts: string[]): Promise<Enhancement[]> {
    // Answers are kept here, because the cache may forget them during the call.
    const known = new Map<string, Answer>()
    const unknown = new Set<string>()
    for (const prompt of prompts) {
      if (known.has(prompt) || unknown.has(prompt)) continue
      const answer = this.#recall(keyOf(prompt))
      if (answer === undefined) unknown.add(prompt)
      else known.set(prompt, answer)
    }
    const modelMs = unknown.size > 0 ? await this.#model.call(this.#settings.modelBatchMedianMs) : 0

    return prompts.map((prompt) => {
      const answer = known.get(prompt)
      if (answer !== undefined) return fromCache(prompt, answer)
      const fresh = this.#answer(prompt)
      this.#cache?.set(keyOf(prompt), fresh)
      known.set(prompt, fresh)
      return fromModel(prompt, fresh, modelMs)
    })
  }

  #recall(key: string): Answer | undefined {
    const answer = this.#cache?.get(key)
    const { cacheHits, cacheMisses } = this.#metrics
    ;(answer === undefined ? cacheMisses : cacheHits).inc()
    return answer
  }

  #answer(prompt: string, asked?: Technique): Answer {
    const { technique, confidence } =
      asked === undefined
        ? chooseTechnique(prompt, this.#settings.seed)
        : { technique: asked, confidence: 1 }
    return { technique, confidence, enhancedPrompt: enhancedPromptOf(prompt, technique) }
  }
}

function createCache(entries: number): LRUCache<string, Answer> {
  return new LRUCache({
    max: entries,
    maxSize: CACHED_CHARACTERS_MAX,
    sizeCalculation: ({ enhancedPrompt }, key) => key.length + enhancedPrompt.length,
  })
}

/** A technique asked for is part of the question; its name never contains the separator. */
function keyOf(prompt: string, technique: Technique | '' = ''): string {
  return `${technique}\0${prompt}`
}

function fromCache(prompt: string, answer: Answer): Enhancement {
  return { prompt, ...answer, cached: true, costUsd: 0, modelMs: 0 }
}

function fromModel(prompt: string, answer: Answer, modelMs: number): Enhancement {
  const cost = costUsd(prompt.length, answer.enhancedPrompt.length)
  return { prompt, ...answer, cached: false, costUsd: cost, modelMs }
}
