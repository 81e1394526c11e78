import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import { share } from './format-text.ts'
import { html, type Html } from './html.ts'

/** Whether the latency grew in a long run, in words. */
export function driftFinding({ indicator, measured, interval }: ObjectiveResult): Html {
  const range = interval ? ` (90% interval ${share(interval.low)} to ${share(interval.high)})` : ''
  const isProven = interval !== undefined && (interval.low > 0 || interval.high < 0)
  return html`<h3>Drift</h3>
    <p>
      ${indicator}: ${share(measured)} from the start of the constant load to its end${range}.
      ${isProven ? '' : 'The interval includes 0%, so it may be no drift at all.'}
    </p>`
}
