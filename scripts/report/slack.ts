import { count } from '../core/format-measure.ts'
import { cut, oneLine } from '../core/printable.ts'
import type { ReportFile } from './html/report-file.ts'
import { verdictText } from '../verdict/verdict.ts'
import { measuredText, nameText, verdictOf, wouldBeText } from './objective-text.ts'

/** Slack's own limits; a message beyond one is refused as a whole. */
export const SLACK_TEXT_MAX = 3_000
const HEADER_MAX = 150

const LINE_MAX = 300
const REASONS_SHOWN = 10
const OBJECTIVES_SHOWN = 20

type SlackText =
  { type: 'plain_text'; text: string } | { type: 'mrkdwn'; text: string; verbatim: true }

/** A message in Slack's Block Kit. */
export interface SlackMessage {
  /** For notifications, and for readers that show no blocks. */
  text: string
  unfurl_links: false
  unfurl_media: false
  blocks: (
    { type: 'header' | 'section'; text: SlackText } | { type: 'context'; elements: SlackText[] }
  )[]
}

/**
 * The run as a message: the verdict, why, and the objectives that are not PASS.
 *
 * @param folder where the reports are, as text
 */
export function slackMessage(file: ReportFile, folder: string): SlackMessage {
  const { run, reasons, objectives, wouldBe, causes = [] } = file
  const title = `${verdictText(file)}: ${run.scenario} on ${run.workload}`
  const open = objectives.filter(({ verdict, isClose }) => {
    return isClose || !['PASS', 'not in this run'].includes(verdict)
  })
  const rows = open.map(
    (row) => `${verdictOf(row)} ${nameText(row)}: ${measuredText(row)}, expected ${row.limit}`,
  )
  const told = [
    ...(wouldBe ? [wouldBeText(wouldBe)] : []),
    ...causes.map(({ text }) => `Why: ${text}`),
    ...reasons.map(({ text }) => text),
  ]
  return {
    text: slackText(title),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(oneLine(title), HEADER_MAX) } },
      ...list('Reasons', told, REASONS_SHOWN),
      ...list('Objectives', rows, OBJECTIVES_SHOWN),
      { type: 'context', elements: [mrkdwn(slackText(loadText(file)))] },
      { type: 'context', elements: [mrkdwn(slackText(`Reports: ${folder}`))] },
    ],
  }
}

/**
 * Any text as one line of Slack's markup. The three characters that Slack escapes keep it from being a
 * mention or a link; the other ones have no escape, and are replaced by others that look like them.
 */
export function slackText(text: string): string {
  return cut(oneLine(text), LINE_MAX)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', "'")
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
}

function mrkdwn(text: string): SlackText {
  // Verbatim: names of channels and addresses remain text.
  return { type: 'mrkdwn', text, verbatim: true }
}

function list(title: string, texts: readonly string[], most: number): SlackMessage['blocks'] {
  if (texts.length === 0) return []
  const lines = [`*${title}*`]
  let room = SLACK_TEXT_MAX - lines.join('').length - '\n• 1234567 more'.length
  for (const text of texts.slice(0, most)) {
    const line = `• ${slackText(text)}`
    room -= line.length + 1
    if (room < 0) break
    lines.push(line)
  }
  const left = texts.length - (lines.length - 1)
  if (left > 0) lines.push(`• ${left} more`)
  return [{ type: 'section', text: mrkdwn(lines.join('\n')) }]
}

function loadText({ run, delivery, source }: ReportFile): string {
  if (source) return [...source.facts.map((fact) => fact.join(': ')), `run ${run.id}`].join(', ')
  const { iterations, droppedIterations, elapsedSeconds, plannedSeconds } = delivery
  return [
    `${count(iterations, 'iteration')}, ${droppedIterations} dropped`,
    `${Math.round(elapsedSeconds)} s of ${Math.round(plannedSeconds)} s`,
    `run ${run.id}`,
  ].join(', ')
}
