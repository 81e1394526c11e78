import { printable } from '../core/printable.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { endProgress, shownPath } from '../core/console.ts'
import { appendStepSummary } from './redraw.ts'
import { sendSlack, slackWebhook } from './send-slack.ts'
import { slackMessage } from './slack.ts'

/** Tells of an ended run outside its folder, where the environment asks for it: GitHub and Slack. */
export async function deliver(
  folder: string,
  file: VerdictFile,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const webhook = slackWebhook(env)
  const faults = [
    await appendStepSummary(file, env),
    ...(webhook === undefined ? [] : [await tellSlack(webhook, folder, file)]),
  ]
  for (const fault of faults) if (fault !== undefined) warn(fault)
}

/**
 * Sends the run to Slack.
 *
 * @returns why it was not delivered, in one line; undefined when it was
 */
export async function tellSlack(
  webhook: string,
  folder: string,
  file: VerdictFile,
): Promise<string | undefined> {
  try {
    const fault = await sendSlack(webhook, slackMessage(file, shownPath(folder)))
    return fault === undefined ? undefined : `Slack was not told: ${fault}`
  } catch {
    return 'Slack was not told: the message could not be made'
  }
}

/** What went wrong beside the run, in one line on stderr; the verdict and its exit code stay. */
export function warn(line: string): void {
  endProgress()
  process.stderr.write(`${printable(line)}\n`)
}
