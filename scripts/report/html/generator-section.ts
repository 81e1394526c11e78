import { formatMeasure, number } from '../../core/format-measure.ts'
import { lostPushesText } from '../../prometheus/lost-pushes.ts'
import type { Reason } from '../../reasons/reasons.ts'
import type { Figure } from '../../verdict/generator/generator-health.ts'
import { dataTable } from './data-table.ts'
import { pointList } from './fact-list.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'

interface Row {
  name: string
  figure: Figure
  limit: string
  text: (value: number) => string
}

/** Whether k6 and its machine could do what they were told. */
export function generatorSection({ generator, prometheus }: ReportFile): Html {
  const { faults, notes, judgedSeconds, seconds, clockJumpMs } = generator
  const rows = rowsOf(generator)
  const bad = [
    ['k6 had no CPU left', seconds.saturated],
    ['k6 waited for a CPU', seconds.starved],
    ['no CPU was idle', seconds.full],
    ['k6 was at its memory limit', seconds.collecting],
    ['nobody knows', seconds.unproven],
  ] as const
  const told = bad
    .filter(([, amount]) => amount > 0)
    .map(([what, amount]) => `${what}: ${amount} s`)
  return html`<p>
      ${faults.length === 0 ? 'Healthy: k6 had what it needed.' : 'Not healthy: what k6 measured cannot be trusted.'}
      ${
        told.length > 0
          ? `Of ${number(judgedSeconds)} s: ${told.join(', ')}.`
          : `Nothing was short in ${number(judgedSeconds)} s.`
      }
      ${clockJumpMs > 0 && `The clock jumped by ${formatMeasure(clockJumpMs, 'ms')}.`}
    </p>
    ${pointList(textsOf(faults), 'fault')}${pointList([...textsOf(notes), ...pushNotes(prometheus)], 'note')}
    ${
      rows.length > 0 &&
      dataTable({
        caption: 'Use of the machine while the load was judged',
        columns: [
          { head: 'What', isRowHead: true, cell: ({ name }) => name },
          { head: 'Median', isNumber: true, cell: ({ figure, text }) => text(figure.median) },
          { head: 'Peak', isNumber: true, cell: ({ figure, text }) => text(figure.peak) },
          { head: 'There is', isNumber: true, cell: ({ limit }) => limit },
        ],
        rows,
      })
    }`
}

function textsOf(reasons: readonly Reason[]): string[] {
  return reasons.map(({ text }) => text)
}

// What Prometheus lacks is no fault of the run: the verdict is made from the recording.
function pushNotes(prometheus: ReportFile['prometheus']): string[] {
  const lost = prometheus && lostPushesText(prometheus)
  return lost === undefined ? [] : [`Prometheus: ${lost}`]
}

function rowsOf(generator: ReportFile['generator']): Row[] {
  const { cpus, memoryLimitBytes, softMemoryLimitBytes = memoryLimitBytes } = generator
  const memory = (value: number): string => formatMeasure(value, 'bytes')
  const cores = (value: number): string => `${value.toFixed(2)} CPUs`
  const limit = `${cpus} CPUs`
  const candidates: [name: string, figure: Figure | undefined][] = [
    ['CPU of k6', generator.k6CpuCores],
    ['CPU of the sandbox', generator.sandboxCpuCores],
    ['CPU of the toolkit and the sandbox', generator.ownCpuCores],
    ['CPU of others', generator.othersCpuCores],
    ['CPU taken by the host (steal)', generator.stealCpuCores],
    ['CPU of all together', generator.busyCpuCores],
  ]
  const rows = candidates.flatMap(([name, figure]) => {
    return figure ? [{ name, figure, limit, text: cores }] : []
  })
  for (const { name, cpus: own, k6CpuCores: figure } of generator.instances ?? []) {
    if (figure)
      rows.push({ name: `CPU of instance ${name}`, figure, limit: `${own} CPUs`, text: cores })
  }
  for (const { name, k6MemoryBytes: figure } of generator.instances ?? []) {
    if (figure) rows.push({ name: `Memory of instance ${name}`, figure, limit: '', text: memory })
  }
  const { k6MemoryBytes } = generator
  if (!k6MemoryBytes) return rows
  const room = softMemoryLimitBytes === undefined ? 'unknown' : memory(softMemoryLimitBytes)
  return [...rows, { name: 'Memory of k6', figure: k6MemoryBytes, limit: room, text: memory }]
}
