import pc from 'picocolors'
import { maskSecrets } from '../core/mask-secrets.ts'
import type { Finding } from './finding.ts'

/**
 * One line per finding and its advice below. The words carry the meaning; colour only helps the eye.
 *
 * @param colours whether to colour; by default as the terminal and NO_COLOR say
 */
export function renderFindings(findings: Finding[], colours = pc.isColorSupported): string {
  const { green, yellow, red, dim } = pc.createColors(colours)
  const nameWidth = Math.max(...findings.map(({ name }) => name.length))
  const state = (ok: Finding['ok']): string =>
    ok === true ? green('ok     ') : ok ? yellow('note   ') : red('problem')

  const lines = findings.flatMap(({ name, found, ok, advice }) => [
    `${state(ok)}  ${name.padEnd(nameWidth)}  ${maskSecrets(found)}`,
    ...(advice === undefined ? [] : [dim(`${' '.repeat(nameWidth + 11)}-> ${advice}`)]),
  ])
  return [...lines, '', conclusion(findings)].join('\n')
}

function conclusion(findings: Finding[]): string {
  const problems = findings.filter(({ ok }) => ok === false).map(({ name }) => name)
  if (problems.length > 0) return `A run cannot work yet. Look at: ${problems.join(', ')}.`
  return 'Everything that a run needs is here.'
}
