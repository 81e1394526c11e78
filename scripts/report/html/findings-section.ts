import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import type { CapacityDetails } from '../../indicators/from-samples/measure-capacity.ts'
import type { CycleResult } from '../../indicators/from-samples/measure-recovery.ts'
import { breakingPointFinding } from './breaking-point-finding.ts'
import { html, type Html } from './html.ts'
import { recoveryFinding } from './recovery-finding.ts'
import type { ReportFile } from './report-file.ts'
import { share } from './format-text.ts'

/** What some objectives found out besides their value; undefined when there was nothing. */
export function findingsSection({ objectives }: ReportFile): Html | undefined {
  const found = objectives.flatMap((row) => findingOf(row, objectives) ?? [])
  return found.length === 0 ? undefined : html`${found}`
}

function findingOf(row: ObjectiveResult, objectives: readonly ObjectiveResult[]): Html | undefined {
  const { indicator, details } = row
  if (details === undefined || details === null) return undefined
  if (indicator === 'recovery-time') return recoveryFinding(details as CycleResult[])
  if (indicator === 'slo-capacity')
    return breakingPointFinding(details as CapacityDetails, objectives)
  return indicator.startsWith('drift') ? driftFinding(row) : undefined
}

/** What may be behind the numbers, and what to try; undefined when nothing was found. */
export function diagnosisSection({ diagnosis }: ReportFile): Html | undefined {
  if (diagnosis === undefined || diagnosis.length === 0) return undefined
  return html`<ul class="diagnosis">
    ${diagnosis.map(
      ({ title, text, advice, severity }) =>
        html`<li>
          <h3>${title} <span class="tag">${severity}</span></h3>
          <p>${text}</p>
          ${advice && html`<p><b>Try:</b> ${advice}</p>`}
        </li>`,
    )}
  </ul>`
}

/** Whether the latency grew in a long run, in words. */
function driftFinding({ indicator, measured, interval }: ObjectiveResult): Html {
  const range = interval ? ` (90% interval ${share(interval.low)} to ${share(interval.high)})` : ''
  const isProven = interval !== undefined && (interval.low > 0 || interval.high < 0)
  return html`<h3>Drift</h3>
    <p>
      ${indicator}: ${share(measured)} from the start of the constant load to its end${range}.
      ${isProven ? '' : 'The interval includes 0%, so it may be no drift at all.'}
    </p>`
}
