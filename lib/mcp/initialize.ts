// Begins a session: the client introduces itself, and the server chooses the version of the protocol.
import type { Endpoint } from '../endpoint.ts'
import { operationFailed } from '../operation-failed.ts'
import type { Response, Send } from '../send.ts'
import { PROTOCOL_VERSIONS } from './json-rpc.ts'
import { requireStatus, resultOf } from './result-of.ts'

/** What a server says about itself. */
export interface ServerFacts {
  protocolVersion: string
  capabilities: Record<string, unknown>
  serverInfo: { name: string; version: string }
  instructions?: string
}

export interface ClientOptions {
  /** Name and version of this client. @default k6-verdict */
  clientInfo?: { name: string; version: string }
  /** The version of the protocol that it asks for. @default the newest that it supports */
  protocolVersion?: string
  /** Sends the headers of the log-in to a server on another host than the target's, too. @default false */
  withLogIn?: boolean
}

export interface OpenSession {
  /** What every request of the session carries. */
  headers: Record<string, string>
  server: ServerFacts
  nextId: number
}

export const SESSION_ID = 'Mcp-Session-Id'

const ACCEPT = { Accept: 'application/json, text/event-stream' }

const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' }

/** The endpoints of a session's first two requests. */
export interface Beginning {
  first: Endpoint
  initialized: Endpoint
}

/** Begins a session. @throws OperationError as resultOf() does; `mcp-version-unsupported` */
export const initialize = (
  send: Send,
  { first, initialized }: Beginning,
  options: ClientOptions,
): OpenSession => {
  const { clientInfo = { name: 'k6-verdict', version: '1' } } = options
  const { protocolVersion = PROTOCOL_VERSIONS[0] } = options
  // No capabilities: k6 reads a response as a whole, so it could not answer requests of the server.
  const params = { protocolVersion, capabilities: {}, clientInfo }
  const request = { jsonrpc: '2.0', id: 0, method: 'initialize', params }
  const response = send(first, request, { headers: ACCEPT, responseType: 'text' })
  const server = resultOf({ name: first.name, id: 0, response }) as ServerFacts
  requireVersion(first.name, server)
  const session = { headers: headersOf(server, response), server, nextId: 1 }
  const confirmed = send(initialized, INITIALIZED, {
    headers: session.headers,
    responseType: 'text',
  })
  requireStatus(initialized.name, confirmed)
  return session
}

const requireVersion = (name: string, { protocolVersion }: Partial<ServerFacts>): void => {
  if (PROTOCOL_VERSIONS.some((known) => known === protocolVersion)) return
  const message = `${name} chose version ${protocolVersion} of the protocol, which this client does not support`
  throw operationFailed('mcp-version-unsupported', message)
}

const headersOf = ({ protocolVersion }: ServerFacts, { headers }: Response) => {
  const id = headers[SESSION_ID]
  return {
    ...ACCEPT,
    'MCP-Protocol-Version': protocolVersion,
    ...(id !== undefined && { [SESSION_ID]: id }),
  }
}
