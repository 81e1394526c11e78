import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { maskSecrets } from '../core/mask-secrets.ts'

/**
 * Writes a log into a file while it comes: k6 logs the whole URL of each request that fails, and a query may hold a
 * secret. All of it is read, also where no more can be written: a full disk must not end the run.
 */
export async function keepLog(log: Readable, path: string): Promise<void> {
  const file = createWriteStream(path, { flags: 'a' })
  const happens = (event: string) => new Promise((resolve) => file.once(event, resolve))
  const ended = happens('close')
  // Looked at below, as `errored`.
  file.on('error', () => undefined)
  for await (const line of createInterface({ input: log, crlfDelay: Infinity })) {
    if (file.errored || file.write(`${maskSecrets(line)}\n`)) continue
    await Promise.race([happens('drain'), ended])
  }
  file.end()
  await ended
}
