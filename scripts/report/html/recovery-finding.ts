import type { CycleResult } from '../../verdict/measure-recovery.ts'
import { dataTable } from './data-table.ts'
import { latency } from './format-text.ts'
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
      caption: 'Recovery after each spike, until the p95 is as before the first one',
      columns: [
        { head: 'After', isRowHead: true, cell: ({ cycle }) => cycle },
        { head: 'Outcome', cell: ({ outcome }) => stateMark({ verdict: STATES[outcome] }) },
        { head: 'Recovery', cell: recoveryText },
        {
          head: 'p95 before',
          isNumber: true,
          cell: (row) => damage(row, ({ band }) => latency(band.medianMs)),
        },
        {
          head: 'Normal up to',
          isNumber: true,
          cell: (row) => damage(row, ({ band }) => latency(band.highMs)),
        },
        {
          head: 'Highest p95',
          isNumber: true,
          cell: (row) =>
            damage(row, ({ peakRatio }) =>
              peakRatio === undefined ? '' : `${peakRatio.toFixed(2)} times`,
            ),
        },
      ],
      rows: cycles,
    })}`
}

type Damaged = Exclude<CycleResult, { outcome: 'NO_DATA' }>

function damage(cycle: CycleResult, text: (cycle: Damaged) => string): string {
  return cycle.outcome === 'NO_DATA' ? '' : text(cycle)
}

function recoveryText(cycle: CycleResult): string {
  if (cycle.outcome === 'RECOVERED') {
    const { recoverySeconds: seconds } = cycle
    return seconds === 0 ? 'at once' : `after ${seconds.toFixed(1)} s`
  }
  if (cycle.outcome === 'NO_DATA') return `unknown: ${cycle.reason}`
  return `not within the ${cycle.observedSeconds.toFixed(1)} s that were left`
}
