/**
 * The sandbox as a process: `node scripts/start.mjs sandbox/main.ts [--port N] [--systems all|<name>,...]`.
 *
 * Forked, it tells its parent `{ type: 'listening', url }` or `{ type: 'failed', message }`, and
 * ends when the channel closes, so it never outlives a parent that crashed.
 */
import cluster from 'node:cluster'
import { parseArgs } from 'node:util'
import { createSandbox, type Sandbox } from './app.ts'
import { listenOnLoopback } from './listen.ts'
import { type SandboxSettings, settingsFromEnvironment } from './settings.ts'
import { loadSystems, rulesFor, type SandboxSystem } from './system.ts'
import { startWorkers } from './workers.ts'

// Requests under way get this long to finish.
const CLOSE_TIMEOUT_MS = 5_000

const OPTIONS = { port: { type: 'string' }, systems: { type: 'string' } } as const

const isForked = process.send !== undefined

// Ctrl+C reaches the whole process group. A forked sandbox must still answer while its parent lets
// the load generator finish, so only the parent decides.
if (isForked) process.on('SIGINT', () => undefined)

try {
  const { port, systems: names } = parseArgs({ options: OPTIONS }).values
  const systems = await loadSystems(names?.split(',') ?? [])
  const environment = port === undefined ? process.env : { ...process.env, SANDBOX_PORT: port }
  const settings = settingsFromEnvironment(environment, await rulesFor(environment, systems))
  const { url, close } = await (settings.workers > 1 && cluster.isPrimary
    ? startWorkers(settings.workers)
    : serve(settings, systems))
  closeOnRequest(close)
  if (!isForked) process.stdout.write(`sandbox listening on ${url}\n`)
  else if (process.connected) process.send?.({ type: 'listening', url })
} catch (error) {
  fail((error as Error).message)
}

async function serve(
  settings: SandboxSettings,
  systems: readonly SandboxSystem[],
): Promise<{ url: string; close: Sandbox['close'] }> {
  const sandbox = await createSandbox(settings, { systems })
  try {
    return { url: await listenOnLoopback(sandbox.app, settings.port), close: sandbox.close }
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

function closeOnRequest(closeAll: () => Promise<void>): void {
  let closing = false
  const close = () => {
    if (closing) return
    closing = true
    setTimeout(() => process.exit(0), CLOSE_TIMEOUT_MS).unref()
    void closeAll().then(() => process.exit(0))
  }
  process.once('SIGTERM', close)
  if (!isForked) process.once('SIGINT', close)
  process.once('disconnect', close)
  // The parent may have gone before anybody listened for that.
  if (isForked && !process.connected) close()
}

function fail(message: string): void {
  process.exitCode = 1
  if (process.send === undefined) process.stderr.write(`error: ${message}\n`)
  else process.send({ type: 'failed', message }, () => process.disconnect())
}
