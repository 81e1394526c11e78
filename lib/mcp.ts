// Tools of an MCP server (Model Context Protocol over streamable HTTP), called as a user. All go to one route, but
// each is an endpoint with a name tag, such as `POST /mcp tools/call validate`.
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

/** Sends one kind of request. A failed call throws an OperationError: docs/mcp.md. */
export interface McpCalls<Params, Result, Options = CallOptions> {
  endpoint: Endpoint
  /** Sends a request and waits for its result. */
  call: (user: McpUser, params: Params, options?: Options) => Result
  /** Sends a request without waiting, so that one VU can have many in flight. */
  callAsync: (user: McpUser, params: Params, options?: Options) => Promise<Result>
}

export interface ToolOptions extends CallOptions {
  /** Returns results with `isError` like any others, in place of failing the operation. @default false */
  acceptToolErrors?: boolean
}

type Params = Record<string, unknown>

/** An MCP server. */
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
  /** Begins a session unless there is one, as the first call does; returns what the server says about itself. */
  initialize: (user: McpUser) => ServerFacts
  /** Ends the session of this VU, which k6 never does by itself. The next call begins another. */
  end: (user: McpUser) => void
}

/**
 * Declares a server by its path, such as `/mcp`, or by its URL; to be called in init code. Each VU begins a session
 * with its first call, keeps it over iterations, and begins another if the server no longer knows it (404).
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
