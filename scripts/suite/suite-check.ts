import { clock, count } from '../core/format-measure.ts'
import { expectedSeconds } from './suite-progress.ts'
import { type PhaseState, runsOf, type SuiteState } from './suite-state.ts'

/** What a suite would run, for `--check`. */
export function suiteCheckText(state: SuiteState): string {
  const { file, phases } = state
  return [
    `${file} has no mistakes: ${count(runsOf(state).length, 'run')}, about ${clock(expectedSeconds(state))}. Nothing was started.`,
    ...phases.flatMap(phaseLines),
  ].join('\n')
}

function phaseLines({ name, isParallel, prepare, cleanup, runs }: PhaseState): string[] {
  return [
    `${name}${isParallel ? ', its runs at once' : ''}`,
    ...prepare.map(({ command }) => `  prepare  ${command}`),
    ...runs.map(({ number, command, allowed, plannedSeconds }) => {
      const seconds = plannedSeconds === undefined ? '' : `, ${Math.round(plannedSeconds)} s`
      return `  run ${number}    ${command} (${allowed.join(' or ')}${seconds})`
    }),
    ...cleanup.map(({ command }) => `  cleanup  ${command}`),
  ]
}
