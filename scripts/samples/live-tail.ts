import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { createRowScanner, type RowScanner, type ScannerSettings } from './live-scanner.ts'

export interface FollowSettings extends ScannerSettings {
  /** The CSV file that k6 writes; it need not exist yet. */
  path: string
  /** Pause between two looks at the file's end. @default 200 */
  intervalMs?: number
}

export interface Follower {
  /**
   * Reads what is left and ends. May come at any moment, and more than once.
   *
   * @throws what reading the file or `onRow` threw; a missing file is no error
   */
  stop(): Promise<void>
}

/** All that is ever held of the file. A row that is longer is left out. */
const CHUNK_BYTES = 256 * 1_024

/**
 * Hands over the wanted rows of a CSV file while k6 writes it, in the file's order. A torn last line
 * waits for its rest. The event loop gets its turn between two chunks.
 */
export function followSamples({ path, intervalMs = 200, ...wanted }: FollowSettings): Follower {
  const stopping = new AbortController()
  const ended = follow({ path, intervalMs, scan: createRowScanner(wanted), stop: stopping.signal })
  // An error waits for stop(), where somebody can handle it.
  ended.catch(() => undefined)
  return {
    stop: () => {
      stopping.abort()
      return ended
    },
  }
}

interface Following {
  path: string
  intervalMs: number
  scan: RowScanner
  stop: AbortSignal
}

async function follow({ path, intervalMs, scan, stop }: Following): Promise<void> {
  const readOn = createReader(scan)
  let file: FileHandle | undefined
  try {
    for (let isLast = false; !isLast;) {
      // Asked before reading: what is there when stop() comes is still read.
      isLast = stop.aborted
      file ??= await openIfThere(path)
      if (file) await readOn(file)
      await pause(intervalMs, stop)
    }
  } finally {
    await file?.close()
  }
}

/** Reads a file from where the last call ended. */
function createReader(scan: RowScanner): (file: FileHandle) => Promise<void> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let position = 0
  let kept = 0
  return async (file) => {
    for (;;) {
      const { bytesRead } = await file.read(chunk, kept, CHUNK_BYTES - kept, position)
      if (bytesRead === 0) return
      position += bytesRead
      const filled = chunk.subarray(0, kept + bytesRead)
      const used = scan(filled)
      kept = used === 0 && filled.length === CHUNK_BYTES ? 0 : filled.length - used
      chunk.copyWithin(0, used, used + kept)
    }
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Ends at once when there is, or was, a signal. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined)
}
