import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parser } from '@prometheus-io/lezer-promql'
import { withoutMacros } from '../../tests/support/grafana/macros.ts'
import {
  eventQueries,
  panelQueries,
  variableSelectors,
} from '../../tests/support/grafana/board-queries.ts'

const ALL = [...panelQueries(), ...eventQueries, ...variableSelectors()]

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

/** Faults as `<text> at <position>`, none for a sound expression. */
function syntaxFaults(expr: string): string[] {
  const faults: string[] = []
  parser.parse(expr).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) faults.push(`"${expr.slice(from, to)}" at ${String(from)} of ${expr}`)
    },
  })
  return faults
}

test('the parser finds a fault where there is one', () => {
  assert.deepEqual(syntaxFaults('sum(rate(up[1m]))'), [])
  assert.notDeepEqual(syntaxFaults('sum(rate(up[1m])'), [])
})

test('every query of a panel, annotation and variable is PromQL', () => {
  const faults = ALL.flatMap(({ name, expr }) =>
    syntaxFaults(withoutMacros(expr)).map((fault) => `${name}: ${fault}`),
  )
  assert.ok(ALL.length > 100, `${String(ALL.length)} queries`)
  assert.deepEqual(faults, [])
})

// A recording rule per query: promtool checks types, which a parser cannot.
function checkTypes(exprs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'k6v-promql-'))
  try {
    const rules = exprs.map((expr, index) => ({ record: `query_${String(index)}`, expr }))
    const file = join(folder, 'queries.yml')
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }))
    const { status, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })
    return status === 0 ? '' : stderr || 'promtool failed without a word'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// In CI a missing promtool is the failure.
const skip =
  hasPromtool || process.env['CI'] ? false : 'no promtool (Debian: apt install prometheus)'

test('every query has the types that Prometheus wants', { skip }, () => {
  assert.notEqual(checkTypes(['rate(up)']), '')
  assert.equal(checkTypes(ALL.map(({ expr }) => withoutMacros(expr))), '')
})
