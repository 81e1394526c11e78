import cluster, { type Worker } from 'node:cluster'
import { join } from 'node:path'

/** Messages of a sandbox to the process that forked it. */
type Told = { type: 'listening'; url: string } | { type: 'failed'; message: string }

/**
 * Starts several sandboxes behind one port, as replicas behind a load balancer: they take connections in turn. Each has its
 * own database, so what a user stores can be read over the same connection only.
 *
 * @returns once all of them listen
 * @throws Error of the first that cannot listen
 */
export async function startWorkers(
  count: number,
): Promise<{ url: string; close: () => Promise<void> }> {
  cluster.setupPrimary({
    exec: join(import.meta.dirname, '..', 'scripts', 'start.mjs'),
    args: ['sandbox/main.ts', ...process.argv.slice(2)],
    execArgv: [],
  })
  const workers = Array.from({ length: count }, () => cluster.fork())
  try {
    const [url = ''] = await Promise.all(workers.map(listening))
    // With fewer workers the run would measure another system.
    const endAll = (): void => process.exit(1)
    for (const worker of workers) worker.once('exit', endAll)
    return {
      url,
      close: async () => {
        for (const worker of workers) worker.removeListener('exit', endAll)
        await Promise.all(workers.map(end))
      },
    }
  } catch (error) {
    await Promise.all(workers.map(end))
    throw error
  }
}

function listening(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.on('message', (told: Told) => {
      if (told.type === 'listening') resolve(told.url)
      else reject(new Error(told.message))
    })
    worker.once('exit', (code) => reject(new Error(`A worker ended with exit code ${code}`)))
  })
}

function end(worker: Worker): Promise<void> {
  if (worker.isDead()) return Promise.resolve()
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.process.kill('SIGTERM')
  return ended
}
