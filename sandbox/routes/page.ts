import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

/** `GET /app`: a page on which a person logs in and has a prompt enhanced, for browsers under test. */
export function pageRoute(app: FastifyInstance): void {
  // Read when first asked for: most runs never do.
  let page: string | undefined
  app.get('/app', (_request, reply) => {
    page ??= readFileSync(new URL('../page/page.html', import.meta.url), 'utf8')
    void reply.type('text/html; charset=utf-8').send(page)
  })
}
