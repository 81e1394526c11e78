/** The official SDK, loaded as CommonJS for the reason that sandbox/packages.ts gives. */
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

export const { McpServer } = load(
  '@modelcontextprotocol/sdk/server/mcp.js',
) as typeof import('@modelcontextprotocol/sdk/server/mcp.js')
export const { StreamableHTTPServerTransport } = load(
  '@modelcontextprotocol/sdk/server/streamableHttp.js',
) as typeof import('@modelcontextprotocol/sdk/server/streamableHttp.js')
export const { isInitializeRequest } = load(
  '@modelcontextprotocol/sdk/types.js',
) as typeof import('@modelcontextprotocol/sdk/types.js')
export const { z } = load('zod') as typeof import('zod')
