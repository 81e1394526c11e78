import pc from 'picocolors'
import { count, formatMeasure } from '../core/format-measure.ts'
import { markdownTable, terminalTable } from '../core/plain-table.ts'
import type { Interval } from '../statistics/percentile-interval.ts'
import { percent, type ScalingStep } from './judge-scaling.ts'
import type { ScalingFile } from './scaling-file.ts'
import { type FittedLaw, throughputBy } from './universal-scalability.ts'

const HEAD = [
  'Replicas',
  'Users',
  'Operations',
  '90% interval',
  'Efficiency',
  '90% interval',
  'p50',
  'By the law',
]

/** The end of a scaling run, for the terminal. */
export function scalingReport(file: ScalingFile, folder: string): string {
  const { reasons } = file
  return [
    '',
    `${coloured(file.verdict)}${titleOf(file)}`,
    ...reasons.map(({ text }) => `  - ${text}`),
    '',
    terminalTable(HEAD, rowsOf(file)),
    '',
    ...lawLines(file),
    `Files           ${folder}`,
  ].join('\n')
}

/** The same as `scaling.md`. */
export function scalingMarkdown(file: ScalingFile): string {
  const reasons = file.reasons.map(({ text }) => `- ${text}`)
  const parts = [
    `## ${file.verdict}${titleOf(file)}`,
    ...(reasons.length > 0 ? [reasons.join('\n')] : []),
    markdownTable(HEAD, rowsOf(file)),
    lawLines(file).join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** `2 replicas  19.8/s  99%`, after each run. */
export function stepLine({
  replicas,
  throughput: { all },
  efficiency,
  faults,
}: ScalingStep): string {
  const done = all ? formatMeasure(all.value, '/s') : 'nothing measured'
  const part = efficiency ? `  efficiency ${percent(efficiency.value)}` : ''
  return `${count(replicas, 'replica')}  ${done}${part}${faults.length > 0 ? `  ! ${faults[0] ?? ''}` : ''}`
}

function titleOf({ isClose, workload, steps, efficiency }: ScalingFile): string {
  const numbers = steps.map(({ replicas }) => replicas).join(', ')
  const asked = efficiency === undefined ? '' : `, efficiency at least ${percent(efficiency)}`
  return `${isClose ? ' (close)' : ''}  ${workload} with ${numbers} replicas${asked}`
}

function rowsOf({ steps, law }: ScalingFile): string[][] {
  return steps.map(({ replicas, users, throughput, efficiency }) => {
    const { all, p50Ms } = throughput
    const rate = (value: number): string => formatMeasure(value, '/s')
    return [
      String(replicas),
      String(users),
      all ? rate(all.value) : '-',
      all ? rangeOf(all.interval, rate) : '-',
      efficiency ? percent(efficiency.value) : '-',
      efficiency ? rangeOf(efficiency.interval, percent) : '-',
      p50Ms === undefined ? '-' : formatMeasure(p50Ms, 'ms'),
      law ? rate(throughputBy(law, replicas)) : '-',
    ]
  })
}

function lawLines({ law, steps }: ScalingFile): string[] {
  if (!law) return []
  const { lambda, sigma, kappa, intervals } = law
  const text = (value: number): string => String(Number(value.toPrecision(3)))
  return [
    'Universal Scalability Law, X(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1)):',
    `lambda          ${text(lambda)}/s (${rangeOf(intervals.lambda, text)})`,
    `sigma           ${text(sigma)} (${rangeOf(intervals.sigma, text)}), contention`,
    `kappa           ${text(kappa)} (${rangeOf(intervals.kappa, text)}), coherency`,
    `Peak            ${peakText(law, steps.at(-1)?.replicas ?? 0)}`,
  ]
}

function peakText({ peak }: FittedLaw, most: number): string {
  if (peak === undefined) return 'none: by this law more replicas always get more done'
  const beyond = peak > most ? `, beyond the ${most} that were measured` : ''
  return `${peak < 1e4 ? Math.round(peak) : '10,000 or more'} replicas${beyond}`
}

function rangeOf({ low, high }: Interval, text: (value: number) => string): string {
  return `${text(low)} to ${text(high)}`
}

function coloured(verdict: string): string {
  if (verdict === 'PASS') return pc.green(verdict)
  return verdict.startsWith('NO_') ? pc.yellow(verdict) : pc.red(verdict)
}
