import { CONTENT_CHARACTERS_MAX, type DocumentWork } from './document-work.ts'
import { McpServer, z } from './sdk.ts'

const CONTENT = { content: z.string().min(1).max(CONTENT_CHARACTERS_MAX) }
const ID = { id: z.number().int().positive() }

const STATUS = z.enum(['validated', 'approved', 'enhanced'])
const FINDING = z.object({ rule: z.string(), line: z.number().int() })

/** The caller of a session's tools, and the work that they do. */
export interface ToolContext {
  userId: number
  work: DocumentWork
  /** Throws at some calls if that fault is planted. */
  fail: () => void
}

/** The server of one session, with its three tools. An error of the work becomes a result with `isError`. */
export function documentTools({ userId, work, fail }: ToolContext) {
  const server = new McpServer({ name: 'sandbox-documents', version: '1.0.0' })
  const does = async <Data extends object>(run: () => Promise<Data>) => {
    fail()
    const structuredContent = { ...(await run()) }
    return { structuredContent, content: [textOf(structuredContent)] }
  }
  server.registerTool(
    'validate',
    {
      description: 'Lists the style errors of a Markdown document.',
      inputSchema: CONTENT,
      outputSchema: { id: z.number(), status: STATUS, findings: z.array(FINDING) },
    },
    ({ content }) => does(() => work.validate(userId, content)),
  )
  server.registerTool(
    'approve',
    {
      description: 'Approves a validated document.',
      inputSchema: ID,
      outputSchema: { id: z.number(), status: STATUS },
    },
    ({ id }) => does(() => work.approve(userId, id)),
  )
  server.registerTool(
    'enhance',
    {
      description: 'Corrects an approved document.',
      inputSchema: ID,
      outputSchema: { id: z.number(), status: STATUS, content: z.string() },
    },
    ({ id }) => does(() => work.enhance(userId, id)),
  )
  return server
}

// For older clients, which do not know structured content.
function textOf(data: object) {
  return { type: 'text' as const, text: JSON.stringify(data) }
}
