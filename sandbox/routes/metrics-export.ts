import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { authenticate } from '../authenticate.ts'
import { exportPages } from '../dashboard/export-pages.ts'
import { QUERY_SCHEMA, metricsQueryOf, type QueryText } from '../dashboard/metrics-query.ts'
import { ROW_TEXTS } from '../dashboard/row-text.ts'
import type { Services } from '../services.ts'

const SCHEMA = {
  querystring: {
    ...QUERY_SCHEMA,
    properties: {
      ...QUERY_SCHEMA.properties,
      format: { type: 'string', enum: Object.keys(ROW_TEXTS), default: 'csv' },
    },
  },
}

/** `GET /v1/metrics/export`: every matching row, from the first one where `from` is missing. */
export function metricsExportRoute(app: FastifyInstance, services: Services): void {
  const { ids, metrics, metricsStore, tokens } = services

  app.get<{ Querystring: QueryText & { format: keyof typeof ROW_TEXTS } }>(
    '/v1/metrics/export',
    // A HEAD request would make the whole document only to throw it away.
    { onRequest: authenticate(tokens), schema: SCHEMA, exposeHeadRoute: false },
    async (request, reply) => {
      const { format, ...text } = request.query
      const asked = metricsQueryOf(text)
      if (asked.upToId !== undefined) await ids.whenSettled(asked.upToId)
      const query = { ...asked, upToId: asked.upToId ?? ids.settled }
      const pages = exportPages(metricsStore, {
        query,
        format: ROW_TEXTS[format],
        observeRows: (rows) => metrics.exportedRows.inc(rows),
      })
      const file = `enhancements-${query.upToId}.${format}`
      return reply
        .type(ROW_TEXTS[format].contentType)
        .header('content-disposition', `attachment; filename="${file}"`)
        .header('x-up-to-id', query.upToId)
        .send(Readable.from(pages))
    },
  )
}
