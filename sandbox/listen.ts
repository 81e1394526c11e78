import type { FastifyInstance } from 'fastify'

// The only address the sandbox ever binds: it has a public password and no limits per caller.
const LOOPBACK = '127.0.0.1'

// A thousand virtual users connect within one second; Node's 511 would drop some of them, and a
// dropped SYN is retried after a whole second, which would look like a slow API.
const BACKLOG = 4_096

/**
 * Starts listening on 127.0.0.1; port 0 takes any free one.
 *
 * @returns the base URL, `http://127.0.0.1:<port>`
 * @throws Error in plain words when the port is taken
 */
export async function listenOnLoopback(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: LOOPBACK, port, backlog: BACKLOG })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`Expected port ${port} of ${LOOPBACK} to be free, but it is in use`, {
      cause: error,
    })
  }
}
