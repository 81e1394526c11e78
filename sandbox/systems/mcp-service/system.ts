// MCP service: validates, approves and enhances documents, by MCP tools and by a plain API.
import { EveryNth } from '../../planted-faults.ts'
import type { Services } from '../../services.ts'
import { defineSystem } from '../../system.ts'
import { apiRoutes } from './api-routes.ts'
import { DocumentWork } from './document-work.ts'
import { mcpRoute } from './mcp-route.ts'
import { McpSessions } from './sessions.ts'
import { ValidationStore } from './validation-store.ts'

/** What its routes need. */
export interface McpServices extends Pick<Services, 'tokens'> {
  work: DocumentWork
  sessions: McpSessions
  /** Throws at some calls of tools if that fault is planted. */
  fail: () => void
}

export const system = defineSystem({
  rules: {
    /** How long the model takes to enhance a document. */
    mcpEnhanceMs: { value: 10, min: 0, max: 3_600_000, fraction: true },
    /** An idle session ends after this time. */
    mcpSessionIdleSeconds: { value: 600, min: 1, max: 86_400 },
    /** Every nth call of a tool fails; 0 disables. */
    mcpFailEvery: { value: 0, min: 0, max: 1_000_000 },
  },
  add(app, { database, storedRows, tokens }, settings) {
    const store = new ValidationStore(database)
    storedRows['stored_validations'] = () => store.count()
    const services = {
      tokens,
      work: new DocumentWork(store, settings.mcpEnhanceMs),
      sessions: new McpSessions(settings.mcpSessionIdleSeconds),
      fail: failingEvery(settings.mcpFailEvery),
    }
    apiRoutes(app, services)
    mcpRoute(app, services)
  },
})

function failingEvery(count: number): () => void {
  const failing = new EveryNth(count)
  return () => {
    if (failing.next()) throw new Error('Planted by SANDBOX_MCP_FAIL_EVERY')
  }
}
