import { number } from '../../core/format-measure.ts'
import type { Reason, ReasonCode } from '../../reasons/reasons.ts'
import { lengthOf, share } from './format-text.ts'
import { factList, pointList } from './fact-list.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'

const ENDS = {
  complete: 'as planned',
  'stopped-by-user': 'stopped by the user',
  'cut-short': 'k6 ended early',
}

/** Whether the load was the one that was planned. */
export function loadSection(file: ReportFile): Html {
  const { delivery, stoppedBy } = file
  const { usersPlanned, usersReached = 0, authFailures, plannedIterations } = delivery
  const faults = loadFaults(file).map(({ text }) => text)
  const end = stoppedBy ? `ended early by ${stoppedBy.id}` : ENDS[delivery.end]
  return html`<p>${answerOf(file)}</p>
    ${pointList(faults, 'fault')}
    ${factList([
      ['Iterations finished', number(delivery.iterations)],
      ['Iterations that never ended', number(delivery.interruptedIterations)],
      ['Iterations planned', plannedIterations !== undefined && number(plannedIterations)],
      ['Dropped, no VU was free', number(delivery.droppedIterations)],
      [
        'Delivered of the plan',
        delivery.deliveredRatio !== undefined && share(delivery.deliveredRatio),
      ],
      [
        'Users at once',
        usersPlanned !== undefined && `${number(usersReached)} of ${number(usersPlanned)}`,
      ],
      [
        'Length',
        `${lengthOf(delivery.elapsedSeconds)} of ${lengthOf(delivery.plannedSeconds)}, ${end}`,
      ],
      ['Exceptions of the script', number(delivery.scriptExceptions)],
      ['Failed log-ins', number(authFailures)],
    ])}`
}

const LOAD_CODES: readonly ReasonCode[] = [
  'NOTHING_RECORDED',
  'INSTANCE_FAILED',
  'STARTED_APART',
  'STARTED_LATE',
  'NO_ITERATION',
  'VUS_MISSING',
  'LOAD_NOT_OFFERED',
  'POOL_TOO_SMALL',
  'LOG_IN_FAILED',
  'LOG_IN_UNANSWERED',
  'SCRIPT_THREW',
  'SCRIPT_ABORTED',
  'TARGET_TOO_SLOW',
]

function loadFaults({ reasons }: ReportFile): Reason[] {
  return reasons.filter(({ code }) => LOAD_CODES.includes(code))
}

function answerOf(file: ReportFile): string {
  const { delivery, stoppedBy, verdict } = file
  if (loadFaults(file).length > 0) return 'No: the load was not the planned one.'
  if (stoppedBy) return 'Yes, up to the moment in which the run was ended.'
  if (delivery.end !== 'complete') return 'No: the run did not last.'
  const isTrusted = verdict !== 'INVALID'
  return `Yes: the load was the planned one${isTrusted ? '' : ', but what it measured cannot be trusted'}.`
}
