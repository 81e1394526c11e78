import { once } from 'node:events'
import { createServer } from 'node:net'
import { portTaken } from './errors.ts'

/** Ports of 127.0.0.1. */
export interface Ports {
  prometheus: number
  alertmanager: number
  grafana: number
}

/** Each server's own usual port. */
export const USUAL_PORTS: Ports = { prometheus: 9_090, alertmanager: 9_093, grafana: 3_000 }

export const SERVER_NAMES = {
  prometheus: 'Prometheus',
  alertmanager: 'Alertmanager',
  grafana: 'Grafana',
} as const

/**
 * Makes sure that the servers can listen.
 *
 * @throws ToolkitError that names the first port that is taken
 */
export async function requireFreePorts(
  ports: Ports,
  servers: readonly (keyof Ports)[],
): Promise<void> {
  for (const server of servers) {
    if (await isFree(ports[server])) continue
    const option = `--${server}-port`
    throw portTaken({ server: SERVER_NAMES[server], option, port: ports[server] })
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false
  }
}
