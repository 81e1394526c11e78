import { formatMeasure, number } from '../../core/format-measure.ts'
import { VERDICT_WORDS } from '../../verdict/verdict.ts'
import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import { dataTable } from './data-table.ts'
import { clock } from './format-text.ts'
import { html, type Html } from './html.ts'
import { limitUse } from './limit-use.ts'
import { objectiveDetails } from './objective-details.ts'
import type { ReportFile } from './report-file.ts'
import { type State, stateMark, stateOf } from './state-mark.ts'

/** Times shown in the table; the details have more. */
const TIMES_SHOWN = 3

const ORDER: State[] = [...VERDICT_WORDS].reverse()

/** An objective, and its place in the SLA file, by which the page links to it. */
export interface NumberedObjective extends ObjectiveResult {
  number: number
}

/** The SLA table, what needs attention first. */
export function slaSection({ objectives, verdict: ofRun }: ReportFile): Html {
  const rows = objectives
    .map((each, index) => ({ ...each, number: index + 1 }))
    .sort((one, other) => ORDER.indexOf(stateOf(one)) - ORDER.indexOf(stateOf(other)))
  const judged = rows.filter(({ verdict }) => verdict !== 'not in this run')
  if (judged.length === 0)
    return html`<p>No objective was judged.</p>
      ${absent(rows)}`
  return html`${ofRun === 'INVALID' && html`<p>These verdicts do not count, as the run is INVALID.</p>`}
    ${dataTable({
      caption: 'Service level objectives, those that need attention first',
      columns: [
        { head: 'Objective', isRowHead: true, cell: nameCell },
        { head: 'Verdict', cell: stateMark },
        { head: 'Limit', cell: ({ indicator, limit }) => html`${indicator} <b>${limit}</b>` },
        { head: 'Measured', isNumber: true, cell: measuredCell },
        { head: '90% interval', isNumber: true, cell: intervalCell },
        { head: 'Of the limit', isNumber: true, cell: limitUse },
        { head: 'Windows', cell: windowsCell },
        {
          head: 'Samples',
          isNumber: true,
          cell: ({ samples }) => (samples === undefined ? '' : number(samples)),
        },
      ],
      rows: judged,
    })}
    ${absent(rows)}
    <h3>Details of each objective</h3>
    ${judged.map(objectiveDetails)}`
}

function nameCell({ id, number, level }: NumberedObjective): Html {
  return html`<a href="#objective-${number}">${id}</a
    >${level === 'advisory' && html` <span class="tag">advisory</span>`}`
}

function measuredCell({ measured, unit }: NumberedObjective): string {
  return measured === undefined ? 'none' : formatMeasure(measured, unit)
}

function intervalCell({ interval, unit }: NumberedObjective): Html | string {
  if (!interval) return ''
  const [low, high] = [interval.low, interval.high].map((value) => formatMeasure(value, unit))
  return html`<span class="ends"><span>${low}</span> to <span>${high}</span></span>`
}

/** `2 of 30 miss, 2 in a row, from 16:24:31, 16:24:50 on`. */
function windowsCell({ windows }: NumberedObjective): Html | string {
  if (!windows || windows.count === 0) return ''
  const { violating, count: all, lengthSeconds, longestStreak, violated } = windows
  if (violating === 0)
    return html`<span class="keep">all ${all} good</span><br /><small
        >${lengthSeconds} s each</small
      >`
  const times = violated.slice(0, TIMES_SHOWN).map(({ at }) => clock(at))
  const more = violating > times.length ? ', …' : ''
  const misses = violating === 1 ? 'misses it' : 'miss it'
  const streak = violating === 1 ? '' : `, ${longestStreak} in a row`
  return html`<b>${violating} of ${all} ${misses}</b>${streak}<br /><small
      >${lengthSeconds} s each, at ${times.join(', ')}${more}</small
    >`
}

function textOf({ reason }: NumberedObjective): string {
  return reason?.text ?? ''
}

/** `Not in this run: throughput (it applies to api-mix only)`. */
function absent(rows: readonly NumberedObjective[]): Html | undefined {
  const missing = rows.filter(({ verdict }) => verdict === 'not in this run')
  if (missing.length === 0) return undefined
  const reasons = [...new Set(missing.map(textOf))]
  return html`<p class="note">
    Not in this run:
    ${reasons
      .map((reason) => {
        const ids = missing.filter((row) => textOf(row) === reason).map(({ id }) => id)
        return `${ids.join(', ')}${reason && ` (${reason})`}`
      })
      .join('; ')}.
  </p>`
}
