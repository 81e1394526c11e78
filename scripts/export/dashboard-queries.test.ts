import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { dashboardNames, readDashboardQueries } from './dashboard-queries.ts'
import { fillVariables } from './fill-variables.ts'

const ours = projectPath('grafana', 'generated', 'dashboards')

test('every query of our dashboards has a place, a unit, and no variable left', async () => {
  const boards = await dashboardNames(ours)
  assert.ok(boards.includes('run-overview'))
  const queries = await readDashboardQueries(ours, boards)
  assert.ok(queries.length > 50)
  for (const { board, panel, name, unit, expr, variables } of queries) {
    assert.ok(
      [board, panel, name, unit].every((text) => text !== ''),
      `${board} ${panel} ${name}`,
    )
    const values = { testid: 'run-1', stepSeconds: 5, rangeSeconds: 60, others: variables }
    assert.doesNotMatch(fillVariables(expr, values), /\$[\w{]/, `${board} ${panel} ${name}`)
  }
  assert.ok(queries.some(({ isInstant }) => isInstant) && queries.some(({ unit }) => unit === 's'))
})

test('folded rows, columns with a unit of their own, and queries without PromQL', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-boards-'))
  t.after(() => rm(folder, { recursive: true }))
  const unit = { id: 'unit', value: 'percentunit' }
  const panel = {
    title: 'Endpoints',
    targets: [
      { refId: 'A', expr: 'a', legendFormat: 'Requests', instant: true },
      { refId: 'B', expr: 'b', legendFormat: 'Failed', instant: true },
      { refId: 'C', expr: 'c' },
      { refId: 'D' },
    ],
    fieldConfig: {
      defaults: { unit: 'short' },
      overrides: [
        { matcher: { id: 'byName', options: 'Failed' }, properties: [unit] },
        { matcher: { id: 'byFrameRefID', options: 'C' }, properties: [{ ...unit, value: 's' }] },
      ],
    },
  }
  const board = {
    panels: [{ title: 'Row', panels: [panel] }],
    templating: { list: [{ name: 'region', allValue: '.+' }, { name: 'testid' }] },
  }
  await writeFile(join(folder, 'mine.json'), JSON.stringify(board))
  await writeFile(join(folder, 'note.txt'), '')
  assert.deepEqual(await dashboardNames(folder), ['mine'])
  const common = { board: 'mine', panel: 'Endpoints', variables: { region: '.+', testid: '.*' } }
  assert.deepEqual(await readDashboardQueries(folder, ['mine']), [
    { ...common, name: 'Requests', expr: 'a', isInstant: true, unit: 'short' },
    { ...common, name: 'Failed', expr: 'b', isInstant: true, unit: 'percentunit' },
    { ...common, name: 'C', expr: 'c', isInstant: false, unit: 's' },
  ])
})

test('a folder that is not there has no dashboards', async () => {
  assert.deepEqual(await dashboardNames('/no/such/folder'), [])
})
