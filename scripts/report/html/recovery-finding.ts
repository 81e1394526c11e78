import type { CycleResult } from '../../indicators/from-samples/measure-recovery.ts'
import { dataTable } from './data-table.ts'
import { latency, share } from './format-text.ts'
import { html, type Html } from './html.ts'
import type { Verdict } from '../../verdict/verdict.ts'
import { stateMark } from './state-mark.ts'

const STATES: Record<CycleResult['outcome'], Verdict> = {
  RECOVERED: 'PASS',
  NOT_RECOVERED: 'FAIL',
  NO_DATA: 'NO_DATA',
}

/** How each spike ended. */
export function recoveryFinding(cycles: readonly CycleResult[]): Html {
  return html`<h3>Recovery</h3>
    ${dataTable({
      caption:
        'Recovery after each spike, until as few requests are slow or failed as before the first one, and stay so',
      columns: [
        { head: 'After', isRowHead: true, cell: ({ cycle }) => cycle },
        { head: 'Outcome', cell: ({ outcome }) => stateMark({ verdict: STATES[outcome] }) },
        { head: 'Recovery', cell: recoveryText },
        {
          head: 'Slow is over',
          isNumber: true,
          cell: ({ slowAboveMs }) => (slowAboveMs === undefined ? '' : latency(slowAboveMs)),
        },
        {
          head: 'Slow before',
          isNumber: true,
          cell: (row) => (row.outcome === 'NO_DATA' ? '' : share(row.usualShare)),
        },
        {
          head: 'As before up to',
          isNumber: true,
          cell: (row) => (row.outcome === 'NO_DATA' ? '' : share(row.limitShare)),
        },
      ],
      rows: cycles,
    })}`
}

function recoveryText(cycle: CycleResult): string {
  if (cycle.outcome === 'RECOVERED') {
    const { recoverySeconds: seconds } = cycle
    return seconds === 0 ? 'at once' : `after ${seconds.toFixed(1)} s`
  }
  if (cycle.outcome === 'NO_DATA') return `unknown: ${cycle.reason.text}`
  return `not within the ${cycle.observedSeconds.toFixed(1)} s that were left`
}
