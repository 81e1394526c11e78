import type { FastifyInstance } from 'fastify'
import { answerError, answerNotFound } from './api-error.ts'
import { openDatabase } from './database.ts'
import { Enhancer } from './enhancer.ts'
import { createMetrics } from './metrics.ts'
import { Model } from './model.ts'
import { fastify } from './packages.ts'
import { measureRequests } from './request-metrics.ts'
import { authRoutes } from './routes/auth.ts'
import { batchRoute } from './routes/batch.ts'
import { enhanceRoute } from './routes/enhance.ts'
import { feedbackRoute } from './routes/feedback.ts'
import { historyRoute } from './routes/history.ts'
import { operationsRoutes } from './routes/operations.ts'
import { statsRoute } from './routes/stats.ts'
import type { SandboxSettings } from './settings.ts'
import { Store } from './store.ts'
import { Tokens } from './tokens.ts'

/** An API with its database, not yet listening. */
export interface Sandbox {
  app: FastifyInstance
  /** Answers what is under way, then closes the database and removes its files. */
  close: () => Promise<void>
}

// A stuck client must not hold a connection for ever.
const REQUEST_TIMEOUT_MS = 30_000

/**
 * Builds the embedded API under test. `nowMs` is the clock that tokens expire by.
 *
 * @throws Error when the temporary database cannot be created
 */
export async function createSandbox(
  settings: SandboxSettings,
  nowMs: () => number = Date.now,
): Promise<Sandbox> {
  const metrics = createMetrics(() => ({ pool: database.poolState(), model: model.state }))
  const database = openDatabase(settings, {
    observeWait: (seconds) => metrics.poolWaitSeconds.observe(seconds),
    observeQuery: (operation, seconds) => metrics.querySeconds.observe({ operation }, seconds),
  })
  const model = new Model(settings, (seconds) => metrics.modelWaitSeconds.observe(seconds))

  const app = createApp(settings)
  const services = {
    enhancer: new Enhancer({ settings, model, metrics }),
    metrics,
    store: new Store(database.kysely),
    tokens: new Tokens(settings, nowMs),
  }
  measureRequests(app, metrics)
  authRoutes(app, services)
  enhanceRoute(app, services)
  batchRoute(app, services)
  historyRoute(app, services)
  feedbackRoute(app, services)
  statsRoute(app, services)
  operationsRoutes(app, services)

  app.addHook('onClose', () => database.close())
  await app.ready()
  return { app, close: () => app.close() }
}

function createApp({ bodyBytesMax }: SandboxSettings): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A prompt of the wrong type is the caller's error, not something to convert silently.
    ajv: { customOptions: { coerceTypes: false } },
  })
  app.decorateRequest('caller', null)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerNotFound)
  return app
}
