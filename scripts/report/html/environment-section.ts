import { formatMeasure, number } from '../../core/format-measure.ts'
import { DIRECT, networkText } from '../../run-folder/network.ts'
import { recordingText } from '../terminal-report.ts'
import { dataTable } from './data-table.ts'
import { type Entry, factList } from './fact-list.ts'
import { clock, dateTime, lengthOf } from './format-text.ts'
import { html, type Html } from './html.ts'
import { phaseSpans, type ReportFile } from './report-file.ts'

/** What it takes to repeat the run, and to know where its numbers come from. */
export function environmentSection(file: ReportFile): Html {
  const { run, samples, source } = file
  const network = networkText(run)
  return html`${
    run.command !== undefined &&
    html`<p>To repeat it:</p>
      <pre tabindex="0"><code>${run.command}</code></pre>`
  }
  ${factList([
    ['Run', run.id],
    ['Began', dateTime(run.startedAt)],
    ['Ended', run.endedAt !== undefined && dateTime(run.endedAt)],
    [
      'Target',
      [
        run.script?.reached?.join(', ') ?? run.target.base ?? '',
        ...Object.entries(run.target.byRegion).map(([region, url]) => ` ${region}=${url}`),
        run.target.sandbox ? ' (sandbox)' : '',
      ],
    ],
    ['Judged', run.recording && recordingText(run.recording)],
    ['Network', network !== DIRECT && network],
    ...settingsOf(file),
    ...machineOf(file),
    [
      'Samples',
      !source &&
        `${number(samples.rows)} in samples.parquet, ${formatMeasure(samples.parquetBytes, 'bytes')}`,
    ],
    ['Damaged lines', samples.rejectedLines > 0 && number(samples.rejectedLines)],
  ])}
  ${phaseTable(file)}`
}

function settingsOf({ run }: ReportFile): Entry[] {
  const { seed, timeScale, ...others } = run.settings
  const told = Object.entries(others)
    .filter(([name]) => name !== 'scenario')
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    )
  return [
    ['Seed', String(seed)],
    ['Time scale', timeScale === 1 ? '1, the shape as written' : String(timeScale)],
    ['Load model', run.plan?.model],
    ['Profile', run.plan?.profile],
    ['Other settings', told.join(', ')],
  ]
}

function machineOf({ run }: ReportFile): Entry[] {
  const { versions, git, host, k6Environment = {} } = run
  const tuning = Object.entries(k6Environment).map(([name, value]) => `${name}=${value}`)
  return [
    [
      'Versions',
      versions &&
        `k6-verdict ${versions.toolkit}, k6 ${versions.k6} (${versions.k6Source}), Node ${versions.node}`,
    ],
    ['Git', git && `${git.commit}${git.changed ? ', with changes' : ''}`],
    [
      'Machine',
      host &&
        `${host.name}, ${host.platform}, ${host.cpus} CPUs (${host.cpuModel}), ${formatMeasure(host.memoryBytes, 'bytes')}`,
    ],
    ['Environment of k6', tuning.join(' ')],
    ['Instances of k6', instancesText(run)],
  ]
}

// A run of one k6 says nothing of it.
function instancesText({ instances = [], mergedFrom, segment }: ReportFile['run']): string {
  const named = instances.flatMap(({ name, segment: part, exitCode }) => {
    const end = exitCode === undefined ? 'killed' : `exit code ${exitCode}`
    return name === undefined ? [] : [`${name} (${part ?? 'all'}, ${end})`]
  })
  const merged =
    mergedFrom && `merged from ${mergedFrom.map(({ id, host }) => `${id} on ${host}`).join(', ')}`
  const own = segment && `segment ${segment.part}/${segment.of}`
  return [own, merged, ...named].filter((text) => text !== undefined).join('; ')
}

function phaseTable(file: ReportFile): Html | undefined {
  const { phases = [], plan } = file.run
  if (phases.length === 0) return undefined
  const spans = phaseSpans(file)
  const rows = phases.map((phase, index) => {
    const { startedAt, endedAt } = phase
    const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000
    return {
      ...phase,
      seconds,
      target: plan?.phases[index]?.target,
      isJudged: spans[index]?.isJudged,
    }
  })
  const unit = plan?.model === 'open' ? 'Iterations per second' : 'Users'
  return dataTable({
    caption: 'Phases of the plan (UTC)',
    columns: [
      { head: 'Phase', isRowHead: true, cell: ({ name }) => name },
      { head: 'From', isNumber: true, cell: ({ startedAt }) => clock(startedAt) },
      { head: 'To', isNumber: true, cell: ({ endedAt }) => clock(endedAt) },
      { head: 'Length', isNumber: true, cell: ({ seconds }) => lengthOf(seconds) },
      ...(plan
        ? [
            {
              head: `${unit} at its end`,
              isNumber: true,
              cell: (row: { target: number | undefined }) =>
                row.target === undefined ? '' : number(row.target),
            },
          ]
        : []),
      { head: 'Judged', cell: ({ isJudged }) => (isJudged ? 'yes' : 'no') },
    ],
    rows,
  })
}

/** What is known of a run that was judged without its samples; undefined for all others. */
export function sourceSection({ source }: ReportFile): Html | undefined {
  if (!source) return undefined
  const { facts, kind, url } = source
  return html`<p>
      Judged by ${kind}, without the samples of the run: there are no intervals, windows and charts
      here.
    </p>
    ${factList([
      ...facts,
      // Text, not a link: the page may be opened by somebody who trusts this file and not that server.
      ['Result page', url],
    ])}`
}
