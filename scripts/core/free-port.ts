import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * A TCP port of 127.0.0.1 that was free a moment ago. Nobody holds it: another program may take it
 * before it is used, so its user must do without it then.
 *
 * @throws the system's error when no port is left
 */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
