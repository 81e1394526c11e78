import { verdictText } from '../verdict/verdict.ts'
import { join } from 'node:path'
import { tellSlack, warn } from '../report/deliver.ts'
import { findRun } from '../run-folder/find-run.ts'
import { writePdf } from '../report/pdf.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import { redraw } from '../report/redraw.ts'
import { slackWebhook, WEBHOOK_VARIABLE } from '../report/send-slack.ts'
import { shownPath } from '../core/console.ts'
import { wrongUsage } from '../core/usage-errors.ts'

export interface ReportCommandOptions {
  pdf: boolean
  slack: boolean
  strict: boolean
}

/** Draws the reports of a run again, from its verdict.json; 1 when one of them could not be made. */
export async function report(
  run: string,
  { pdf, slack, strict }: ReportCommandOptions,
): Promise<number> {
  const webhook = slackWebhook(process.env)
  if (slack && webhook === undefined) {
    throw wrongUsage(`Expected ${WEBHOOK_VARIABLE} in the environment for --slack, found none`)
  }
  const folder = await findRun(run, process.env)
  const file = await readVerdict(folder.verdict)
  const { written, faults } = await redraw(folder.path, file, { strict })
  const place = shownPath(folder.path)
  const list = written.map((name) => `${join(place, name)}\n`).join('')
  process.stdout.write(`${verdictText(file)}  ${file.run.id}\n${list}`)
  const untold = slack && webhook ? await tellSlack(webhook, folder.path, file) : undefined
  for (const fault of [...faults, ...(untold === undefined ? [] : [untold])]) warn(fault)
  if (pdf) {
    const [html, to] = [join(folder.path, 'report.html'), join(folder.path, 'report.pdf')]
    await writePdf({ html, pdf: to, env: process.env })
    process.stdout.write(`${join(place, 'report.pdf')}\n`)
  }
  return faults.length > 0 ? 1 : 0
}
