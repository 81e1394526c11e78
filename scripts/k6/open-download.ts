import type { K6Context } from './k6-context.ts'
import type { DownloadSource } from './k6-version.ts'

/** The server could not be reached, or stopped half-way: another way to get k6 may still work. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** An answer that has begun. */
export interface Download {
  url: string
  totalBytes: number | undefined
  chunks: AsyncIterable<Uint8Array>
  /** Hangs up without reading the rest. */
  close: () => void
}

/** Requests a file beside the releases. Throws UnreachableError for anything but an answer of 200. */
export async function openDownload(
  source: DownloadSource,
  file: string,
  context: K6Context,
): Promise<Download> {
  const url = `${source.baseUrl}/${file}`
  const hangUp = new AbortController()
  const signal = AbortSignal.any([hangUp.signal, ...(context.signal ? [context.signal] : [])])
  const timer = setTimeout(() => {
    hangUp.abort(new Error(`no answer within ${context.answerTimeoutMs / 1_000} s`))
  }, context.answerTimeoutMs)

  try {
    const response = await fetch(url, { headers: source.headers, signal })
    if (response.status !== 200 || !response.body) {
      hangUp.abort()
      throw new Error(`HTTP ${response.status}`)
    }
    return {
      url,
      totalBytes: Number(response.headers.get('content-length')) || undefined,
      chunks: readBody(response.body, { url, hangUp, idleTimeoutMs: context.idleTimeoutMs }),
      close: () => hangUp.abort(),
    }
  } catch (error) {
    throw unreachable(url, error)
  } finally {
    clearTimeout(timer)
  }
}

interface Reading {
  url: string
  hangUp: AbortController
  idleTimeoutMs: number
}

async function* readBody(
  body: AsyncIterable<Uint8Array>,
  { url, hangUp, idleTimeoutMs }: Reading,
): AsyncGenerator<Uint8Array> {
  const timer = setTimeout(() => {
    hangUp.abort(new Error(`nothing received for ${idleTimeoutMs / 1_000} s`))
  }, idleTimeoutMs)
  try {
    for await (const chunk of body) {
      timer.refresh()
      yield chunk
    }
  } catch (error) {
    throw unreachable(url, error)
  } finally {
    clearTimeout(timer)
  }
}

/** fetch says "fetch failed" or "terminated"; what happened is in the cause. */
function unreachable(url: string, error: unknown): UnreachableError {
  const { message, cause } = error as Error
  const { message: reason, code } = (cause ?? {}) as Partial<NodeJS.ErrnoException>
  return new UnreachableError(`${url}: ${reason || code || message}`, { cause: error })
}
