// A server of the official SDK on loopback, which notes what the protocol's clients send.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { toolServer } from './mcp-tools.ts'

/** What of a request the protocol prescribes. */
export interface NotedRequest {
  http: string
  method?: string
  params?: unknown
  accept?: string | undefined
  contentType?: string | undefined
  /** Whether it names a session that the server has made. */
  session?: boolean
  version?: string | undefined
  status: number
}

export interface McpTestServer {
  url: string
  /** What was sent to a path since it was asked last, in that order. */
  noted: () => NotedRequest[]
  /** Forgets all sessions, as a server does that was started anew. */
  forget: () => void
  close: () => void
}

/** `/stream` answers by server-sent events, `/json` by JSON, and `/stateless` knows no sessions. */
export async function mcpServer(): Promise<McpTestServer> {
  const sessions = new Map<string, StreamableHTTPServerTransport>()
  const known: string[] = []
  let noted: NotedRequest[] = []

  const transportFor = async (request: IncomingMessage) => {
    const id = request.headers['mcp-session-id']
    if (typeof id === 'string') return sessions.get(id)
    const isStateless = request.url === '/stateless'
    const transport = new StreamableHTTPServerTransport({
      enableJsonResponse: request.url === '/json',
      ...(!isStateless && { sessionIdGenerator: () => randomUUID() }),
      onsessioninitialized: (session) => {
        known.push(session)
        sessions.set(session, transport)
      },
    })
    await toolServer().connect(transport)
    return transport
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/forget') {
      sessions.clear()
      response.end()
      return
    }
    const body = request.method === 'POST' ? ((await json(request)) as NotedRequest) : undefined
    response.once('close', () =>
      noted.push(noteOf(request, { body, status: response.statusCode, known })),
    )
    const transport = await transportFor(request)
    if (transport) await transport.handleRequest(request, response, body)
    else response.writeHead(404).end()
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    noted: () => {
      const since = noted
      noted = []
      return since
    },
    forget: () => sessions.clear(),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function noteOf(
  { method = '', headers }: IncomingMessage,
  { body, status, known }: { body: NotedRequest | undefined; status: number; known: string[] },
): NotedRequest {
  const session = headers['mcp-session-id']
  return {
    http: method,
    ...(body && { method: body.method, params: body.params }),
    ...(body && { accept: headers.accept, contentType: headers['content-type'] }),
    ...(typeof session === 'string' && { session: known.includes(session) }),
    ...(headers['mcp-protocol-version'] !== undefined && {
      version: String(headers['mcp-protocol-version']),
    }),
    status,
  }
}
