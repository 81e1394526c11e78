// Tools of an MCP server (Model Context Protocol over streamable HTTP), called as a user: one route, and yet each of
// them is an endpoint with a name tag, such as `POST /mcp tools/call validate`.
import { endpoint, type Endpoint, type EndpointOptions } from './endpoint.ts'
import { call, callAsync, type CallOptions } from './mcp/call.ts'
import { type Client, clientOf, type McpUser } from './mcp/client.ts'
import type { ClientOptions, ServerFacts } from './mcp/initialize.ts'
import { listTools, type Tool } from './mcp/list-tools.ts'
import { requireNoToolError, type ToolResult } from './mcp/tool-result.ts'

export type { CallOptions, Progress } from './mcp/call.ts'
export type { McpUser } from './mcp/client.ts'
export type { ClientOptions, ServerFacts } from './mcp/initialize.ts'
export type { Notification } from './mcp/json-rpc.ts'
export type { Tool } from './mcp/list-tools.ts'
export { type ToolResult, toolValidator } from './mcp/tool-result.ts'

/** What one kind of request is sent with. Whatever goes wrong throws an OperationError: docs/mcp.md. */
export interface McpCalls<Params, Result, Options = CallOptions> {
  endpoint: Endpoint
  /** Sends it, and waits for the result. */
  call: (user: McpUser, params: Params, options?: Options) => Result
  /** Sends it, and goes on: many of a VU are under way at once. */
  callAsync: (user: McpUser, params: Params, options?: Options) => Promise<Result>
}

export interface ToolOptions extends CallOptions {
  /** A result that the tool itself calls an error is returned as any other. @default false */
  acceptToolErrors?: boolean
}

type Params = Record<string, unknown>

/** A server, as each VU knows it. */
export interface McpServer {
  /** Declares a tool, with the types of its arguments and of its `structuredContent`; to be called in init code. */
  tool: <Arguments = Params, Structured = unknown>(
    name: string,
    options?: EndpointOptions,
  ) => McpCalls<Arguments, ToolResult<Structured>, ToolOptions>
  /** Declares another method of the protocol, such as `prompts/get`; to be called in init code. */
  method: <Sent = Params, Result = Params>(
    name: string,
    options?: EndpointOptions,
  ) => McpCalls<Sent, Result>
  /** All tools, page by page. */
  listTools: (user: McpUser, options?: CallOptions) => Tool[]
  /** Begins a session unless there is one, as each first call does; gives what the server says of itself. */
  initialize: (user: McpUser) => ServerFacts
  /** Ends the session of this VU: by itself k6 ends none. The next call begins another. */
  end: (user: McpUser) => void
}

/**
 * Declares a server by its path, such as `/mcp`, or by its URL; to be called in init code. Each VU begins a session
 * with its first call, keeps it over iterations, and begins another where the server has forgotten it (404).
 */
export const mcpServer = (route: string, options: ClientOptions = {}): McpServer => {
  const client = clientOf(route, options)
  const { withLogIn = false } = options
  const declare = (name: string, rest: EndpointOptions = {}): Endpoint => {
    const label = rest.label === undefined ? name : `${name} ${rest.label}`
    return endpoint(`POST ${route}`, { withLogIn, ...rest, label })
  }
  const listing = declare('tools/list', { optional: true })
  return {
    tool: (name, rest) => {
      const endpoint = declare(`tools/call ${name}`, rest)
      const kind = { client, endpoint, method: 'tools/call' }
      return callsOf(kind, (sent) => ({ name, arguments: sent }), requireNoToolError)
    },
    method: (method, rest) =>
      callsOf(
        { client, endpoint: declare(method, rest), method },
        (sent) => ({ ...(sent as Params) }),
        asItIs,
      ),
    listTools: (user, own = {}) =>
      listTools(listing.name, (params) =>
        call(client, user, { endpoint: listing, method: 'tools/list', params, options: own }),
      ),
    initialize: (user) => client.open(user).session.server,
    end: client.end,
  }
}

interface Kind {
  client: Client
  endpoint: Endpoint
  method: string
}

/** The result that a caller gets. @throws OperationError */
type ReadResult = (name: string, result: unknown, options: ToolOptions) => unknown

const asItIs: ReadResult = (_name, result) => result

const callsOf = <Sent, Result>(
  { client, endpoint, method }: Kind,
  paramsOf: (sent: Sent) => Params,
  read: ReadResult,
): McpCalls<Sent, Result, ToolOptions> => {
  const toSend = (sent: Sent, options: ToolOptions) => {
    return { endpoint, method, params: paramsOf(sent), options }
  }
  return {
    endpoint,
    call: (user, sent, options = {}) => {
      const result = call(client, user, toSend(sent, options))
      return read(endpoint.name, result, options) as Result
    },
    callAsync: async (user, sent, options = {}) => {
      const result = await callAsync(client, user, toSend(sent, options))
      return read(endpoint.name, result, options) as Result
    },
  }
}
