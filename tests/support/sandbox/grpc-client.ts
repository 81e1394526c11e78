import type {
  ClientDuplexStream,
  ClientReadableStream,
  Metadata,
  ServiceError,
} from '@grpc/grpc-js'
import type { TestContext } from 'node:test'
import { listenOnLoopback } from '../../../sandbox/listen.ts'
import { grpc, protoLoader } from '../../../sandbox/packages.ts'
import type { SandboxSettings } from '../../../sandbox/settings.ts'
import { openSandbox } from './test-client.ts'
import { PROTO_FILE } from '../../../sandbox/grpc/grpc-server.ts'

/** How a call ended. */
export interface Ended {
  code: string
  details: string
  messages: Record<string, unknown>[]
}

type Message = Record<string, unknown>
type Read = ClientReadableStream<Message>

interface Methods {
  Enhance(
    message: Message,
    metadata: Metadata,
    options: { deadline?: Date },
    answer: (error: ServiceError | null, value?: Message) => void,
  ): { cancel(): void }
  History(message: Message, metadata: Metadata): Read
  EnhanceEach(metadata: Metadata): ClientDuplexStream<Message, Message>
}

/** A real sandbox on a port, and calls of its gRPC service by another implementation than k6's. */
export async function openGrpc(test: TestContext, overrides: Partial<SandboxSettings> = {}) {
  const sandbox = await openSandbox(test, overrides)
  const url = await listenOnLoopback(sandbox.app, 0)
  const { credentials, loadPackageDefinition, Metadata, status } = grpc()
  const loaded = loadPackageDefinition(protoLoader().loadSync(PROTO_FILE, { keepCase: true }))
  const { Prompts } = (loaded as never as { prompts: { v1: { Prompts: Service } } }).prompts.v1
  const client = new Prompts(url.replace('http://', ''), credentials.createInsecure())
  test.after(() => client.close())

  const metadataOf = (token: string): Metadata => {
    const metadata = new Metadata()
    if (token !== '') metadata.set('authorization', `Bearer ${token}`)
    return metadata
  }
  const ended = (error: ServiceError | null, messages: Message[]): Ended => {
    const { code = status.OK, details = '' } = error ?? {}
    return { code: status[code], details, messages }
  }
  const all = (stream: Read): Promise<Ended> => {
    const messages: Message[] = []
    stream.on('data', (message: Message) => messages.push(message))
    return new Promise((resolve) => {
      stream.once('error', (error: ServiceError) => resolve(ended(error, messages)))
      stream.once('end', () => resolve(ended(null, messages)))
    })
  }
  return {
    ...sandbox,
    url,
    client,
    metadataOf,
    enhance: (token: string, message: Message, timeoutMs?: number): Promise<Ended> =>
      new Promise((resolve) => {
        const options =
          timeoutMs === undefined ? {} : { deadline: new Date(Date.now() + timeoutMs) }
        client.Enhance(message, metadataOf(token), options, (error, value) =>
          resolve(ended(error, value ? [value] : [])),
        )
      }),
    history: (token: string, limit: number) => all(client.History({ limit }, metadataOf(token))),
    enhanceEach: (token: string, prompts: string[]): Promise<Ended> => {
      const stream = client.EnhanceEach(metadataOf(token))
      for (const prompt of prompts) stream.write({ prompt })
      stream.end()
      return all(stream)
    },
  }
}

type Service = new (
  address: string,
  credentials: ReturnType<(typeof import('@grpc/grpc-js'))['credentials']['createInsecure']>,
) => Methods & { close(): void }
