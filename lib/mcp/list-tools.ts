// Pure: read by k6 and by Node. Lists all tools of a server, page by page.
import { operationFailed } from '../operation-failed.ts'

/** A tool as the server describes it. */
export interface Tool {
  name: string
  title?: string
  description?: string
  inputSchema: Record<string, unknown>
  outputSchema?: Record<string, unknown>
  annotations?: Record<string, unknown>
}

interface Page {
  tools: Tool[]
  nextCursor?: string | null
}

/** A server that always names a next page would keep a VU busy for ever. */
const PAGES_MAX = 100

/** @throws OperationError `mcp-endless-list`, `mcp-unreadable`, and what `ask` throws */
export const listTools = (name: string, ask: (params: { cursor?: string }) => unknown): Tool[] => {
  const all: Tool[] = []
  let cursor: string | undefined
  for (let page = 1; page <= PAGES_MAX; page++) {
    const answer = ask(cursor === undefined ? {} : { cursor })
    const { tools = [], nextCursor } = answer as Partial<Page>
    if (!Array.isArray(tools))
      throw operationFailed('mcp-unreadable', `${name} answered tools that are no list`)
    all.push(...tools)
    if (nextCursor === undefined || nextCursor === null) return all
    cursor = nextCursor
  }
  throw operationFailed('mcp-endless-list', `${name} has more than ${PAGES_MAX} pages`)
}
