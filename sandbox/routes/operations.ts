import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** `GET /healthz` for whoever waits for the sandbox, `GET /metrics` for Prometheus. */
export function operationsRoutes(app: FastifyInstance, { metrics }: Services): void {
  app.get('/healthz', (_request, reply) => {
    void reply.send({ status: 'ok' })
  })

  app.get('/metrics', async (_request, reply) => {
    void reply.type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
