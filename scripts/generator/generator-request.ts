import { Agent, get } from 'node:http'
import { type K6Counters, parseK6Metrics } from './generator-metrics.ts'

export interface K6MetricsReader {
  /** k6's counters now; undefined when it does not answer, or with something else. Never rejects. */
  read: () => Promise<K6Counters | undefined>
  /** Ends the connection, and with it a request under way. */
  close: () => void
}

/** k6 sends 12 KB; whoever sends more than this is not k6. */
const MAX_CHARACTERS = 262_144

/** Opens `/metrics` of the k6 on a port of 127.0.0.1. Nothing here keeps the process alive. */
export function openK6Metrics(port: number, timeoutMs: number): K6MetricsReader {
  // One connection for the whole run: a new one each second would cost both sides more.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    read: async () => {
      const text = await getText({ agent, port, timeoutMs })
      return text === undefined ? undefined : parseK6Metrics(text)
    },
    close: () => agent.destroy(),
  }
}

interface TextRequest {
  agent: Agent
  port: number
  timeoutMs: number
}

function getText({ agent, port, timeoutMs }: TextRequest): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/metrics', agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > MAX_CHARACTERS) request.destroy()
      })
      response.on('end', () => resolve(response.statusCode === 200 ? text : undefined))
      // A connection that breaks here ends in "close" below.
      response.on('error', () => undefined)
    })
    // Of the whole request: a server that sends a byte now and then must not hold it up for ever.
    const deadline = setTimeout(() => request.destroy(), timeoutMs).unref()
    request.on('socket', (socket) => socket.unref())
    request.on('error', () => undefined)
    request.on('close', () => {
      clearTimeout(deadline)
      resolve(undefined)
    })
  })
}
