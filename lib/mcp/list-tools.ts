// Pure: read by k6 and by Node. All tools of a server, which come page by page.
import { operationFailed } from '../operation-failed.ts'

/** What a server says of a tool. */
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
  nextCursor?: string
}

/** A server that always names a next page would keep a VU for ever. */
const PAGES_MAX = 100

/** @throws OperationError `mcp-endless-list`, and what `ask` throws */
export const listTools = (name: string, ask: (params: { cursor?: string }) => unknown): Tool[] => {
  const tools: Tool[] = []
  let cursor: string | undefined
  for (let page = 1; page <= PAGES_MAX; page++) {
    const { tools: some = [], nextCursor } = ask(
      cursor === undefined ? {} : { cursor },
    ) as Partial<Page>
    tools.push(...some)
    if (nextCursor === undefined) return tools
    cursor = nextCursor
  }
  throw operationFailed('mcp-endless-list', `${name} has more than ${PAGES_MAX} pages`)
}
