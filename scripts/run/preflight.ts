import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { targetUnreachable } from './errors.ts'

const ANSWER_TIMEOUT_MS = 3_000

/** For all of it: a target that trickles its headers is never silent. */
const WHOLE_TIMEOUT_MS = 10_000

/**
 * Makes sure that something answers at a URL; any HTTP answer will do.
 *
 * @throws ToolkitError with the reason (refused, unknown host, certificate, time-out)
 */
export async function requireAnswer(url: string): Promise<void> {
  const reason = await noAnswerReason(url)
  if (reason !== undefined) throw targetUnreachable(url, reason)
}

function noAnswerReason(url: string): Promise<string | undefined> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const request = send(url, { method: 'GET', agent: false, timeout: ANSWER_TIMEOUT_MS })
    const late = new Error(`no whole answer within ${WHOLE_TIMEOUT_MS} ms`)
    const timer = setTimeout(() => request.destroy(late), WHOLE_TIMEOUT_MS)
    request.on('close', () => clearTimeout(timer))
    request.on('response', (response) => {
      response.destroy()
      resolve(undefined)
    })
    request.on('timeout', () => request.destroy(new Error(`none within ${ANSWER_TIMEOUT_MS} ms`)))
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    request.end()
  })
}
