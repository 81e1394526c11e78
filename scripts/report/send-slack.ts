import type { SlackMessage } from './slack.ts'

/** Names the webhook; it is a secret, so it is never printed, recorded, or passed to k6. */
export const WEBHOOK_VARIABLE = 'K6_VERDICT_SLACK_WEBHOOK'

const TIMEOUT_MS = 5_000

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

/** The webhook of the environment; undefined where there is none. */
export function slackWebhook(env: NodeJS.ProcessEnv): string | undefined {
  return env[WEBHOOK_VARIABLE]?.trim() || undefined
}

/**
 * Sends a message once. Redirects are not followed: Slack sends none, and the message would go to somebody
 * else.
 *
 * @returns why it was not delivered, without a word of the address; undefined when it was
 */
export async function sendSlack(
  webhook: string,
  message: SlackMessage,
  timeoutMs = TIMEOUT_MS,
): Promise<string | undefined> {
  if (!isUsable(webhook)) return `${WEBHOOK_VARIABLE} is no https address`
  try {
    const response = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    // What it says may hold anything; its status is enough.
    await response.body?.cancel()
    if (response.ok) return undefined
    const isRedirect = response.status >= 300 && response.status < 400
    return `the webhook ${isRedirect ? 'redirects' : 'answered'} with ${response.status}`
  } catch (error) {
    return reasonOf(error, timeoutMs)
  }
}

function isUsable(webhook: string): boolean {
  if (!URL.canParse(webhook)) return false
  const { protocol, hostname } = new URL(webhook)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))
}

// The text of an error may hold the address, its code cannot.
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'the webhook could not be reached'
  if (error.name === 'TimeoutError')
    return `the webhook did not answer within ${timeoutMs / 1_000} s`
  const { code } = (error.cause ?? {}) as { code?: unknown }
  const known = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? ` (${code})` : ''
  return `the webhook could not be reached${known}`
}
