import { formatMeasure } from '../../core/format-measure.ts'
import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import {
  breakText,
  type CapacityDetails,
  capacityText,
  type MeasuredStep,
} from '../../indicators/from-samples/measure-capacity.ts'
import { breakingPointChart } from './breaking-point-chart.ts'
import { dataTable } from './data-table.ts'
import { latency, share } from './format-text.ts'
import { html, type Html } from './html.ts'
import { stateMark } from './state-mark.ts'

/** Where a run in steps broke the target: the numbers, a chart of the steps, and their table. */
export function breakingPointFinding(
  { steps, breakingPoint }: CapacityDetails,
  objectives: readonly ObjectiveResult[],
): Html {
  const { bad, badOnce } = breakingPoint
  const above = badOnce ? '' : '. What lies above was not tried'
  const summary = `The capacity is ${capacityText(breakingPoint)}${bad ? `: ${breakText(bad)}` : above}.`
  return html`<h3>Capacity</h3>
    <p>${summary}</p>
    <figure>
      <figcaption>
        <p>
          Offered against achieved iterations per second, one mark for each step: a dot met
          everything, a cross did not. On the diagonal all of the load was done.
        </p>
      </figcaption>
      ${breakingPointChart(steps, breakingPoint, summary)}
    </figure>
    ${stepTable(steps, objectives)}`
}

function stepTable(steps: readonly MeasuredStep[], objectives: readonly ObjectiveResult[]): Html {
  const measured = objectives.filter(({ id }) => steps.some((step) => id in step.measured))
  const shown = measured.filter(({ id, unit, level }) => {
    const isMissed = steps.some(({ missedObjectives }) => missedObjectives.includes(id))
    return isMissed || unit === 'ms' || level === 'advisory'
  })
  const held = measured.filter((row) => !shown.includes(row)).map(({ id }) => id)
  return dataTable({
    caption: `Steps of the load, each judged by itself${held.length > 0 ? `; met in every step: ${held.join(', ')}` : ''}`,
    columns: [
      { head: 'Step', isRowHead: true, cell: ({ name }) => name },
      {
        head: 'Objectives',
        cell: ({ meetsObjectives }) => stateMark({ verdict: meetsObjectives ? 'PASS' : 'FAIL' }),
      },
      { head: 'Offered', isNumber: true, cell: (step) => rate(step.offeredPerSecond) },
      { head: 'Achieved', isNumber: true, cell: (step) => rate(step.achievedPerSecond) },
      {
        head: 'Delivered',
        isNumber: true,
        cell: (step) => share(step.achievedPerSecond / step.offeredPerSecond),
      },
      ...shown.map(({ id, unit }) => ({
        head: id,
        isNumber: true,
        cell: ({ measured: found, missedObjectives }: MeasuredStep) => {
          const value = found[id]
          if (value === undefined) return ''
          const text = unit === 'ms' ? latency(value) : formatMeasure(value, unit)
          return missedObjectives.includes(id) ? html`<b class="missed">${text}</b>` : text
        },
      })),
    ],
    rows: steps,
  })
}

function rate(perSecond: number): string {
  return formatMeasure(perSecond, '/s')
}
