import { CONTENT_CHARACTERS_MAX, type DocumentWork } from './document-work.ts'
import { McpServer, z } from './sdk.ts'

const CONTENT = { content: z.string().min(1).max(CONTENT_CHARACTERS_MAX) }
const ID = { id: z.number().int().positive() }

const STATUS = z.enum(['validated', 'approved', 'enhanced'])
const FINDING = z.object({ rule: z.string(), line: z.number().int() })

/** Who calls the tools of a session, and what they do. */
export interface ToolContext {
  userId: number
  work: DocumentWork
  /** Throws at some calls, where the sandbox is to fail. */
  fail: () => void
}

/** The server of one session, with its three tools. What the work throws is a result with `isError`. */
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
      description: 'Finds what is wrong in a Markdown document.',
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
      description: 'Mends an approved document.',
      inputSchema: ID,
      outputSchema: { id: z.number(), status: STATUS, content: z.string() },
    },
    ({ id }) => does(() => work.enhance(userId, id)),
  )
  return server
}

// For clients from before there was structured content.
function textOf(data: object) {
  return { type: 'text' as const, text: JSON.stringify(data) }
}
