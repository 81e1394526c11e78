// The tools of the test server: what can come back of a call.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import {
  type CallToolResult,
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type ServerNotification,
} from '@modelcontextprotocol/sdk/types.js'

interface Call {
  arguments: Record<string, unknown>
  progressToken: string | number | undefined
  notify: (notification: ServerNotification) => Promise<void>
}

const TOOLS: Record<string, (call: Call) => CallToolResult | Promise<CallToolResult>> = {
  echo: ({ arguments: said }) => ({
    content: [{ type: 'text', text: JSON.stringify(said) }],
    structuredContent: said,
  }),
  fails: () => ({ content: [{ type: 'text', text: 'no such thing' }], isError: true }),
  refuses: () => {
    throw new McpError(ErrorCode.InvalidParams, 'wrong arguments')
  },
  'refuses-in-its-own-words': () => {
    throw new McpError(-32042, 'not today')
  },
  breaks: () => {
    throw new Error('a fault of the server')
  },
  steps: async ({ progressToken, notify }) => {
    for (const progress of [1, 2, 3])
      if (progressToken !== undefined)
        await notify({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 3, message: `step ${progress}` },
        })
    await notify({ method: 'notifications/message', params: { level: 'info', data: 'done' } })
    return { content: [{ type: 'text', text: 'tidied\n\ndata: up' }] }
  },
}

const PAGE = 4

/** A server for one session. It lists its tools in pages of four. */
export function toolServer(): McpServer {
  const whole = new McpServer(
    { name: 'test-tools', version: '1.2.3' },
    { capabilities: { tools: {}, logging: {} }, instructions: 'Call one.' },
  )
  // The tools of an McpServer come in one page, and each of their errors is a result.
  const { server } = whole
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const from = Number(params?.cursor ?? 0)
    const names = Object.keys(TOOLS)
    const tools = names.slice(from, from + PAGE).map((name) => ({
      name,
      description: `It ${name}.`,
      inputSchema: { type: 'object' as const },
    }))
    return { tools, ...(from + PAGE < names.length && { nextCursor: String(from + PAGE) }) }
  })
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const tool = TOOLS[params.name]
    if (!tool) throw new McpError(ErrorCode.InvalidParams, `no tool ${params.name}`)
    const { arguments: said = {}, _meta } = params
    const progressToken = _meta?.progressToken
    return tool({ arguments: said, progressToken, notify: (each) => extra.sendNotification(each) })
  })
  return whole
}
