// One gRPC stream, from its first message to its end.
import { type Client, type GrpcError, type Params, Stream } from 'k6/net/grpc'
import type { CallEnd } from './connection.ts'
import { codeOf } from './status-names.ts'

/** k6's stream; an exception of a listener is one of the operation. */
export interface OpenStream {
  on(event: 'data', listener: (message: object) => void): void
  write(message: object): void
  /** Says that no further message will be written. */
  end(): void
}

export interface StreamCall {
  method: string
  params: Params
  run: (stream: OpenStream) => void
}

/** Opens a stream; the promise settles when it has ended, and rejects with what a listener has thrown. */
export const runStream = (client: Client, { method, params, run }: StreamCall): Promise<CallEnd> =>
  new Promise((resolve, reject) => {
    const opened = open(client, method, params)
    if ('why' in opened) {
      resolve(opened)
      return
    }
    const { stream } = opened
    let end: CallEnd = { status: 0 }
    const guarded = (listener: (message: object) => void) => (message: unknown) => {
      try {
        listener(message as object)
      } catch (error) {
        stream.end()
        reject(asError(error))
      }
    }
    stream.on('error', (error) => {
      const { code, message } = error as GrpcError
      end = { status: codeOf(code), why: message }
    })
    // k6 tells an error first, and the end after it.
    stream.on('end', () => resolve(end))
    run({
      on: (_event, listener) => stream.on('data', guarded(listener)),
      write: (message) => stream.write(message),
      end: () => stream.end(),
    })
  })

// k6 throws what a broken connection says, and what is wrong in the script.
const open = (
  client: Client,
  method: string,
  params: Params,
): { stream: Stream } | (CallEnd & { why: string }) => {
  try {
    return { stream: new Stream(client, method, params) }
  } catch (error) {
    const why = String(error)
    if (!why.includes('failed to create a new stream')) throw error
    return {
      status: why.includes('code = DeadlineExceeded') ? DEADLINE_EXCEEDED : UNAVAILABLE,
      why,
    }
  }
}

const DEADLINE_EXCEEDED = 4
const UNAVAILABLE = 14

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error))
