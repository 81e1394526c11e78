import { DIRECT } from '../run-folder/network.ts'
import { countedIterations } from '../plan/scenario-load.ts'
import type { RunFigures } from './run-figures.ts'

/** How two runs differ besides their numbers. */
export interface Comparability {
  /** They answer different questions. */
  refusals: string[]
  /** The difference may be the reason for whatever differs. */
  warnings: string[]
}

/** Looks at all that should be the same on both sides but the target's code. */
export function comparability(baseline: RunFigures, candidate: RunFigures): Comparability {
  const differing = (facts: readonly Fact[]): string[] =>
    facts.flatMap(([name, of]) => {
      const [before, now] = [of(baseline), of(candidate)]
      return before === now ? [] : [`${name}: ${before} and ${now}`]
    })
  return { refusals: differing(QUESTION), warnings: differing(CIRCUMSTANCES) }
}

type Fact = readonly [name: string, of: (run: RunFigures) => string]

const QUESTION: readonly Fact[] = [
  ['scenario', ({ scenario }) => scenario],
  ['workload', ({ workload }) => workload],
  ['profile', ({ plan }) => plan.profile ?? 'none'],
  ['load model', ({ plan }) => plan.model],
  ['load', ({ plan }) => `${plan.target} ${plan.model === 'open' ? 'iterations/s' : 'users'}`],
  ['time scale', ({ timeScale }) => String(timeScale)],
  ['duration', ({ plan }) => lengthText(plan)],
  ['network', ({ network = DIRECT }) => network],
  ['phases', ({ plan }) => phasesText(plan)],
]

const CIRCUMSTANCES: readonly Fact[] = [
  ['seed', ({ seed }) => String(seed)],
  ['target', ({ isSandbox }) => (isSandbox ? 'the sandbox' : "a target of one's own")],
  ['k6', ({ versions }) => versions.k6],
  ['toolkit', ({ versions }) => versions.toolkit],
  ['machine', ({ host }) => `${host.cpus} CPUs, ${host.cpuModel}`],
]

function lengthText(plan: RunFigures['plan']): string {
  const counted = countedIterations(plan)
  return counted === undefined
    ? `${Number(plan.durationSeconds.toFixed(3))} s`
    : `${counted} iterations`
}

function phasesText(plan: RunFigures['plan']): string {
  if (countedIterations(plan) !== undefined) return 'counted iterations'
  return plan.phases.map(phaseText).join(', ')
}

function phaseText({ name, endSeconds, target }: RunFigures['plan']['phases'][number]): string {
  return `${name} to ${target} until ${Number(endSeconds.toFixed(3))} s`
}
