import { count, share } from './format-text.ts'
import { lengthOf } from './format-time.ts'
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
  const { scriptFaults, loadFaults, usersPlanned, usersReached = 0, authFailures } = delivery
  const faults = [...loadFaults, ...scriptFaults]
  const end = stoppedBy ? `ended early by ${stoppedBy.id}` : ENDS[delivery.end]
  return html`<p>${answerOf(file)}</p>
    ${pointList(faults, 'fault')}
    ${factList([
      ['Iterations started', count(delivery.iterations)],
      ['Dropped, no user was free', count(delivery.droppedIterations)],
      [
        'Delivered of what was offered',
        delivery.deliveredRatio !== undefined && share(delivery.deliveredRatio),
      ],
      [
        'Users at once',
        usersPlanned !== undefined && `${count(usersReached)} of ${count(usersPlanned)}`,
      ],
      [
        'Length',
        `${lengthOf(delivery.elapsedSeconds)} of ${lengthOf(delivery.plannedSeconds)}, ${end}`,
      ],
      ['Exceptions of the script', count(delivery.scriptExceptions)],
      ['Failed log-ins', count(authFailures)],
    ])}`
}

function answerOf({ delivery, stoppedBy }: ReportFile): string {
  const { scriptFaults, loadFaults, end } = delivery
  if (scriptFaults.length > 0 || loadFaults.length > 0)
    return 'No: the load was not the planned one.'
  if (stoppedBy) return 'Yes, up to the moment in which the run was ended.'
  return end === 'complete' ? 'Yes: the load was the planned one.' : 'No: the run did not last.'
}
