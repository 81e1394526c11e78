// In place of k6/net/grpc (esbuild.files.mjs): load() looks for .proto files where the module is.
import grpc from 'k6/net/grpc'
import { noteFile } from './named-files.ts'
import type { ModuleFiles } from './open.ts'

type Client = InstanceType<typeof grpc.Client>

/** The client as k6 knows it, on which nothing can be set. */
const k6Clients = new WeakMap<object, Client>()

/** The client to give to k6: that of a module that was made here, or k6's own. */
export const k6ClientOf = (client: Client): Client => k6Clients.get(client) ?? client

/** k6's gRPC for the modules of a folder. */
export const grpcIn = (files: ModuleFiles): typeof grpc =>
  Object.create(grpc, {
    Client: {
      value: function () {
        return clientIn(files)
      },
    },
    Stream: {
      value: function (client: Client, method: string, params?: object) {
        return new grpc.Stream(k6ClientOf(client), method, params)
      },
    },
  }) as typeof grpc

const clientIn = ({ place, isOwn }: ModuleFiles): Client => {
  const client = new grpc.Client()
  const load = (importPaths: string[] | null, ...names: string[]): void => {
    const folders = importPaths?.length ? importPaths : ['.']
    const placed = folders.map(place)
    for (const folder of folders.filter(isOwn)) {
      for (const name of names) noteFile({ path: `${place(folder)}/${name}`, importPaths: placed })
    }
    client.load(placed, ...names)
  }
  const loadProtoset = (path: string): void => {
    if (isOwn(path)) noteFile({ path: place(path) })
    client.loadProtoset(place(path))
  }
  const wrapped = Object.create(client, {
    load: { value: load },
    loadProtoset: { value: loadProtoset },
  }) as Client
  k6Clients.set(wrapped, client)
  return wrapped
}
