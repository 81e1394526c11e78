import type {
  ConnectionInjector,
  GrpcObject,
  Server,
  ServiceClientConstructor,
} from '@grpc/grpc-js'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { grpc, protoLoader } from '../packages.ts'
import type { Services } from '../services.ts'
import { measureCalls } from './measure-calls.ts'
import { promptsService } from './prompts-service.ts'

/** What it offers; clients read the same file. */
export const PROTO_FILE = fileURLToPath(new URL('prompts.proto', import.meta.url))

// Calls under way when the sandbox is closed.
const DRAIN_MS = 1_000

/** The gRPC side of the sandbox. Made by the first connection, as most runs have none. */
export class GrpcServer {
  readonly #services: Services
  #running: { server: Server; connections: ConnectionInjector } | undefined

  constructor(services: Services) {
    this.#services = services
  }

  /** Takes a connection over, from its first byte. */
  accept(socket: Socket): void {
    this.#running ??= startServer(this.#services)
    this.#running.connections.injectConnection(socket)
  }

  /** Lets calls end that are under way, for a moment. */
  close(): void {
    this.#running?.connections.drain(DRAIN_MS)
  }
}

function startServer(services: Services) {
  const { loadPackageDefinition, Server, ServerCredentials } = grpc()
  // Names and numbers as JavaScript and the HTTP API have them.
  const options = { keepCase: true, longs: Number, enums: String, defaults: true }
  const loaded = loadPackageDefinition(protoLoader().loadSync(PROTO_FILE, options))
  const { Prompts } = (loaded['prompts'] as GrpcObject)['v1'] as GrpcObject
  const server = new Server({ interceptors: [measureCalls(services.metrics)] })
  server.addService((Prompts as ServiceClientConstructor).service, promptsService(services))
  const connections = server.createConnectionInjector(ServerCredentials.createInsecure())
  return { server, connections }
}
