import type { FastifyInstance } from 'fastify'
import { authRoutes } from './routes/auth.ts'
import { batchRoute } from './routes/batch.ts'
import { enhanceRoute } from './routes/enhance.ts'
import { feedbackRoute } from './routes/feedback.ts'
import { historyRoute } from './routes/history.ts'
import { liveRoute } from './routes/live.ts'
import { metricsExportRoute } from './routes/metrics-export.ts'
import { metricsStreamRoute } from './routes/metrics-stream.ts'
import { metricsSummaryRoute } from './routes/metrics-summary.ts'
import { operationsRoutes } from './routes/operations.ts'
import { pageRoute } from './routes/page.ts'
import { statsRoute } from './routes/stats.ts'
import type { Services } from './services.ts'

/** Adds all routes: prompts, their dashboard, and what operators need. */
export function addRoutes(app: FastifyInstance, services: Services): void {
  authRoutes(app, services)
  enhanceRoute(app, services)
  batchRoute(app, services)
  historyRoute(app, services)
  feedbackRoute(app, services)
  metricsSummaryRoute(app, services)
  metricsExportRoute(app, services)
  metricsStreamRoute(app, services)
  liveRoute(app, services)
  pageRoute(app)
  statsRoute(app, services)
  operationsRoutes(app, services)
}
