import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { cut } from '../core/printable.ts'
import { maskSecrets } from '../core/mask-secrets.ts'

/** In characters. A target may have written most of a line, and longer ones take the longer to mask. */
const LINE_MAX = 4_000

/**
 * Writes a log into a file while it comes: k6 logs the whole URL of each request that fails, and a query may hold a
 * secret. `onLine` gets each line as it is kept. All of it is read, also where no more can be written: a full disk must not end the run.
 */
export async function keepLog(
  log: Readable,
  path: string,
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  const file = createWriteStream(path, { flags: 'a' })
  const happens = (event: string) => new Promise((resolve) => file.once(event, resolve))
  const ended = happens('close')
  // Looked at below, as `errored`.
  file.on('error', () => undefined)
  for await (const line of createInterface({ input: log, crlfDelay: Infinity })) {
    const kept = maskSecrets(cut(line, LINE_MAX))
    onLine(kept)
    if (file.errored || file.write(`${kept}\n`)) continue
    await Promise.race([happens('drain'), ended])
  }
  file.end()
  await ended
}
