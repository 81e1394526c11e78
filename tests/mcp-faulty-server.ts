// A server that begins sessions as it should, and then answers calls of tools in every wrong way: one for each path.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

interface Request {
  id?: number
  method: string
}

type Answer = (response: ServerResponse, id: number) => void

const say = (type: string, status: number, text: (id: number) => string): Answer => {
  return (response, id) => {
    response.writeHead(status, { 'content-type': type, 'mcp-session-id': 's-1' }).end(text(id))
  }
}
const asJson = (rest: object): Answer =>
  say('application/json', 200, (id) => JSON.stringify({ jsonrpc: '2.0', id, ...rest }))
const asStream = (text: (id: number) => string): Answer => say('text/event-stream', 200, text)

const begin = (protocolVersion: string): Answer =>
  asJson({ result: { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 's' } } })

const GOOD = '{"content":[{"type":"text","text":"good"}]}'

/** What a call of a tool is answered, and the reason under which it fails; of the good ones the text. */
const FAULTS: Record<string, [reason: string, answer: Answer]> = {
  'stream-of-more': [
    'good',
    asStream(
      (id) =>
        `: hello\n\nid: 7\ndata:\n\ndata: {\n\ndata: {"jsonrpc":"2.0","id":${id},"method":"ping"}\n\n` +
        `event: other\ndata: {"jsonrpc":"2.0","id":${id},"result":{}}\n\n` +
        `event: message\ndata: {"jsonrpc":"2.0","id":${id},\ndata: "result":${GOOD}}\n\n`,
    ),
  ],
  'batch-of-one': [
    'good',
    say(
      'application/json; charset=utf-8',
      200,
      (id) => `[{"jsonrpc":"2.0","id":${id},"result":${GOOD}}]`,
    ),
  ],
  'status-503': ['mcp-status-503', say('text/plain', 503, () => 'overloaded')],
  'status-400': ['mcp-status-400', say('application/json', 400, () => '{"jsonrpc":"2.0"}')],
  dies: ['mcp-no-answer', (response) => response.socket?.destroy()],
  accepted: ['mcp-unreadable', (response) => response.writeHead(202).end()],
  'web-page': ['mcp-unreadable', say('text/html', 200, () => '<html>')],
  'cut-json': ['mcp-unreadable', say('application/json', 200, () => '{"jsonrpc":')],
  'cut-stream': [
    'mcp-no-response',
    asStream((id) => `data: {"jsonrpc":"2.0","id":${id},"result":{}}`),
  ],
  'garbled-stream': ['mcp-unreadable', asStream(() => 'data: {"jsonrpc"\n\n')],
  'other-id': [
    'mcp-no-response',
    asStream((id) => `data: {"jsonrpc":"2.0","id":${id + 1},"result":{}}\n\n`),
  ],
  'no-json-rpc': ['mcp-no-response', say('application/json', 200, () => '"good"')],
  'no-id': ['mcp-parse-error', asJson({ id: null, error: { code: -32700, message: 'what?' } })],
  'tool-error': ['mcp-tool-error', asJson({ result: { content: [], isError: true } })],
  'tool-error-of-text': ['mcp-tool-error', asJson({ result: { content: 'no', isError: true } })],
  'null-result': ['mcp-unreadable', asJson({ result: null })],
  'lost-for-good': ['mcp-session-lost', say('application/json', 404, () => '{}')],
  'old-version': ['mcp-version-unsupported', asJson({ result: {} })],
}

/** By the path of each fault the reason of the failed operation. */
export const FAULT_REASONS = Object.fromEntries(
  Object.entries(FAULTS).map(([path, [reason]]) => [path, reason]),
)

/** Listens on loopback. */
export async function faultyMcpServer(): Promise<{ url: string; close: () => void }> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').slice(1)
    const { id = 0, method } = (await json(request)) as Request
    if (method === 'notifications/initialized') response.writeHead(202).end()
    else if (method === 'initialize')
      begin(path === 'old-version' ? '1999-12-31' : '2025-06-18')(response, id)
    else FAULTS[path]?.[1](response, id)
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
