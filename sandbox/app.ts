import type { FastifyInstance } from 'fastify'
import { answerError, answerNotFound } from './api-error.ts'
import { EntryIds } from './dashboard/entry-ids.ts'
import { EntryReader } from './dashboard/entry-reader.ts'
import { MetricsStore } from './dashboard/metrics-store.ts'
import { MetricsStream } from './dashboard/metrics-stream.ts'
import { Summaries } from './dashboard/summaries.ts'
import { openDatabase } from './database.ts'
import { divideConnections } from './divide-connections.ts'
import { Enhancer } from './enhancer.ts'
import { GrpcServer } from './grpc/grpc-server.ts'
import { createMetrics } from './metrics.ts'
import { Model } from './model.ts'
import { fastify, websocket } from './packages.ts'
import { measureRequests } from './request-metrics.ts'
import { addRoutes } from './routes.ts'
import type { Services } from './services.ts'
import { defaultsOf, type SandboxSettings } from './settings.ts'
import { Store } from './store.ts'
import type { SandboxSystem } from './system.ts'
import { Tokens } from './tokens.ts'

/** An API with its database, not yet listening. */
export interface Sandbox {
  app: FastifyInstance
  /** What it keeps: many rows are stored faster here than through the API. */
  store: Store
  /** Answers what is under way, then closes the database and removes its files. */
  close: () => Promise<void>
}

// A stuck client must not hold a connection for ever.
const REQUEST_TIMEOUT_MS = 30_000

// Longer ones are unknown routes; shorter ones are refused by the rule that they break.
const PARAM_CHARACTERS_MAX = 2_000

// Clients of a stream have nothing to say.
const MESSAGE_BYTES_MAX = 4_096
const CLOSE_HANDSHAKE_TIMEOUT_MS = 5_000

export interface SandboxParts {
  /** The clock that decides when tokens expire. */
  nowMs?: () => number
  /** Further APIs beside that of better-prompts. */
  systems?: readonly SandboxSystem[]
}

/**
 * Builds the embedded API under test.
 *
 * @throws Error when the temporary database cannot be created
 */
export async function createSandbox(
  settings: SandboxSettings,
  { nowMs = Date.now, systems = [] }: SandboxParts = {},
): Promise<Sandbox> {
  const { services, closeDatabase } = createServices(settings, nowMs)
  const { metrics, store, stream } = services
  const app = createApp(settings)
  measureRequests(app, metrics)
  const grpcServer = new GrpcServer(services)
  const endSilent = divideConnections(app.server, (socket) => grpcServer.accept(socket))
  app.addHook('preClose', () => {
    endSilent()
    grpcServer.close()
    return stream.close()
  })
  app.addHook('onClose', (_app, done) => {
    closeDatabase()
    done()
  })
  await app.register(websocket, {
    options: { maxPayload: MESSAGE_BYTES_MAX, closeTimeout: CLOSE_HANDSHAKE_TIMEOUT_MS },
  })
  addRoutes(app, services)
  for (const system of systems) {
    await system.add(app, services, { ...defaultsOf(system.rules), ...settings })
  }
  await app.ready()
  return { app, store, close: () => app.close() }
}

function createServices(settings: SandboxSettings, nowMs: () => number) {
  const metrics = createMetrics(() => ({
    pool: database.pool.state,
    model: model.state,
    streams: stream.clients,
  }))
  const database = openDatabase(settings, {
    observeWait: (seconds) => metrics.poolWaitSeconds.observe(seconds),
    observeQuery: (operation, seconds) => metrics.querySeconds.observe({ operation }, seconds),
  })
  const model = new Model(settings, (seconds) => metrics.modelWaitSeconds.observe(seconds))
  const ids = new EntryIds()
  const metricsStore = new MetricsStore(database.pool)
  const summaries = new Summaries(ids, new EntryReader(metricsStore, ids))
  const stream = new MetricsStream({ settings, summaries, metrics })
  const services: Services = {
    database: database.pool,
    enhancer: new Enhancer({ settings, model, metrics }),
    ids,
    metrics,
    metricsStore,
    model,
    settings,
    store: new Store(database.pool, ids),
    storedRows: {},
    stream,
    summaries,
    tokens: new Tokens(settings, nowMs),
  }
  return { services, closeDatabase: database.close }
}

function createApp({ bodyBytesMax }: SandboxSettings): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: PARAM_CHARACTERS_MAX },
    // A prompt of the wrong type is the caller's error, not something to convert silently.
    ajv: { customOptions: { coerceTypes: false } },
  })
  app.decorateRequest('caller', null)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerNotFound)
  return app
}
