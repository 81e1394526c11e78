// Pure: read by k6 and by Node. The messages of the Model Context Protocol, which are those of JSON-RPC 2.0.

/** A message of any kind: a request has a method and an id, a notification no id, a response no method. */
export interface Message {
  jsonrpc: '2.0'
  id?: number | string | null
  method?: string
  params?: Record<string, unknown>
  result?: unknown
  error?: RpcError
}

/** The error that a server answers with in place of a result. */
export interface RpcError {
  code: number
  message: string
  data?: unknown
}

/** A message of the server that expects no answer. */
export interface Notification {
  method: string
  params?: Record<string, unknown>
}

/** The versions of the protocol that this client supports, the newest first: those of the official TypeScript SDK. */
export const PROTOCOL_VERSIONS = [
  '2025-11-25',
  '2025-06-18',
  '2025-03-26',
  '2024-11-05',
  '2024-10-07',
] as const

const NAMES: Record<number, string> = {
  [-32700]: 'parse-error',
  [-32600]: 'invalid-request',
  [-32601]: 'method-not-found',
  [-32602]: 'invalid-params',
  [-32603]: 'internal-error',
}

/** `mcp-invalid-params` for -32602, `mcp-error-32001` for a code of the server: the reason of a failed operation. */
export const errorReason = (code: number): string => {
  const name = NAMES[code]
  if (name !== undefined) return `mcp-${name}`
  return code < 0 ? `mcp-error${code}` : `mcp-error-${code}`
}

/** The response to a request. An error without an id counts as one: the exchange has only this request. */
export const responseTo = (id: number, messages: readonly Message[]): Message | undefined =>
  messages.find((message) => {
    if (message.error) return message.id === undefined || message.id === null || isOf(id, message)
    return message.result !== undefined && isOf(id, message)
  })

// The SDK accepts "7" for 7, too.
const isOf = (id: number, message: Message): boolean =>
  message.id !== undefined && message.id !== null && Number(message.id) === id

/** The notifications that came with a response. */
export const notificationsOf = (messages: readonly Message[]): Notification[] =>
  messages.flatMap(({ id, method, params }) =>
    method === undefined || id !== undefined ? [] : [{ method, ...(params && { params }) }],
  )
