import { markdownTable, markdownText } from '../report/markdown-text.ts'
import { verdictText } from '../verdict/verdict.ts'
import { countText } from './judge-suite.ts'
import { causeOf, criteriaOf, figuresOf, recommendationsOf } from './suite-rows.ts'
import { runsOf, type RunState, type SuiteState } from './suite-state.ts'

const REASONS_SHOWN = 30
const RECOMMENDATIONS_SHOWN = 30

/** The suite for a step summary or a comment on GitHub. */
export function suiteMarkdown(state: SuiteState): string {
  const { result, name } = state
  const verdict = result ? verdictText(result) : 'NOT ENDED'
  return `${[
    `## ${verdict}: suite ${markdownText(name)}`,
    '',
    `${markdownText(countText(state))}.`,
    ...section(bullets(result?.reasons ?? [], REASONS_SHOWN)),
    ...section(table(state)),
    ...section(
      criteriaOf(state).map(({ text, found, isKept }) => {
        return `- ${isKept ? 'met' : 'NOT MET'}: ${markdownText(`${text}: ${found}`)}`
      }),
    ),
    ...section(told(state)),
  ].join('\n')}\n`
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines]
}

function bullets(texts: readonly string[], most: number): string[] {
  const left = texts.length - most
  const shown = texts.slice(0, most).map((text) => `- ${markdownText(text)}`)
  return left > 0 ? [...shown, `- ${left} more`] : shown
}

function table(state: SuiteState): string[] {
  const head = ['Run', 'Scenario', 'Workload', 'Verdict', 'Cause', 'p95', 'Errors', 'Rate']
  const rows = runsOf(state).map((run) => {
    const { p95, errors, rate } = figuresOf(run)
    const { outcome } = run
    return [
      reportLink(run),
      ...[outcome?.scenario ?? '', outcome?.workload ?? ''].map(markdownText),
      markdownText(outcome ? verdictText(outcome) : 'no verdict'),
      markdownText(causeOf(run)),
      ...[p95, errors, rate].map(markdownText),
    ]
  })
  return markdownTable(head, rows, 5)
}

// From the folder of the suite; a run is beside it.
function reportLink({ number, label, outcome }: RunState): string {
  const text = markdownText(`${number} ${label}`)
  if (!outcome?.hasReport) return text
  return `[${text}](../${encodeURIComponent(outcome.folder)}/report.html)`
}

function told(state: SuiteState): string[] {
  const found = recommendationsOf(state)
  if (found.length === 0) return []
  const texts = found.map(
    ({ run, figure, advice }) => `${run.number} ${run.label}: ${figure}. ${advice}`,
  )
  return ['What to do next:', '', ...bullets(texts, RECOMMENDATIONS_SHOWN)]
}
