import type { ObjectiveResult } from '../../verdict/judge-objective.ts'
import { share } from './format-text.ts'
import { html, type Html } from './html.ts'

interface DriftDetails {
  significant: boolean
  pHamedRao: number
  pBlocks: number
}

/** Whether the latency grew in a long run, in words. */
export function driftFinding({ indicator, measured, interval, details }: ObjectiveResult): Html {
  const { significant, pHamedRao, pBlocks } = details as DriftDetails
  const range = interval ? ` (90% interval ${share(interval.low)} to ${share(interval.high)})` : ''
  const proof = significant
    ? 'Both tests call it real'
    : 'The two tests do not agree that it is more than noise'
  return html`<h3>Drift</h3>
    <p>
      ${indicator}: ${share(measured)} from the start of the constant load to its end${range}.
      ${proof} (p = ${pHamedRao.toFixed(3)} by Hamed and Rao, ${pBlocks.toFixed(3)} by blocks).
    </p>`
}
