import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BOARDS } from '../dashboards/all.ts'
import { classicBoard } from './classic.ts'
import { COLOURS } from './colours.ts'

interface Panel {
  type: string
  id: number
  title: string
  description?: string
  datasource?: { uid: string }
  gridPos: { x: number; y: number; w: number; h: number }
  fieldConfig?: { defaults: { unit?: string; noValue?: string } }
  targets?: { refId: string; datasource?: { uid: string } }[]
  panels?: Panel[]
}

interface Board {
  uid: string
  title: string
  description: string
  refresh: string
  schemaVersion: number
  links: { type: string; tags: string[]; includeVars: boolean; keepTime: boolean }[]
  tags: string[]
  annotations: { list: { name: string; expr: string }[] }
  templating: {
    list: { name: string; multi: boolean; includeAll: boolean; allValue?: string; sort?: number }[]
  }
  panels: Panel[]
}

const boards = BOARDS.map((board) => classicBoard(board) as unknown as Board)

const withNested = (panels: Panel[]): Panel[] =>
  panels.flatMap((panel) => [panel, ...withNested(panel.panels ?? [])])
const drawn = (board: Board): Panel[] =>
  withNested(board.panels).filter(({ type }) => type !== 'row')

const unique = (values: unknown[]): boolean => new Set(values).size === values.length

test('boards have the uids that links and alerts use', () => {
  assert.deepEqual(
    boards.map(({ uid }) => uid),
    [
      'k6v-run-overview',
      'k6v-application-metrics',
      'k6v-infrastructure',
      'k6v-business-kpis',
      'k6v-run-history',
    ],
  )
})

for (const board of boards) {
  test(`${board.uid}: ids, titles and the names of a panel's queries are unique`, () => {
    const panels = withNested(board.panels)
    assert.ok(unique(panels.map(({ id }) => id)))
    assert.ok(unique(drawn(board).map(({ title }) => title)))
    for (const { targets = [] } of panels) assert.ok(unique(targets.map(({ refId }) => refId)))
  })

  test(`${board.uid}: every panel says what it shows, in which unit, and why it may be empty`, () => {
    for (const { title, description = '', fieldConfig, targets = [] } of drawn(board)) {
      assert.notEqual(title, '')
      assert.match(description, /^[A-Z0-9'"k].{30,}\.$/s, title)
      assert.ok(fieldConfig?.defaults.unit, title)
      assert.ok((fieldConfig.defaults.noValue ?? '').length > 10, title)
      assert.ok(targets.length > 0, title)
    }
  })

  test(`${board.uid}: panels lie in 24 columns and on no other panel`, () => {
    const taken = new Map<string, string>()
    for (const { gridPos, title } of withNested(board.panels)) {
      const { x, y, w, h } = gridPos
      assert.ok(x >= 0 && w >= 4 && x + w <= 24, title)
      for (let column = x; column < x + w; column++) {
        for (let line = y; line < y + h; line++) {
          const cell = `${String(column)}:${String(line)}`
          assert.equal(taken.get(cell), undefined, `${title} lies on ${taken.get(cell) ?? ''}`)
          taken.set(cell, title)
        }
      }
    }
  })

  test(`${board.uid}: every colour is one that all people can tell apart`, () => {
    const text = JSON.stringify(board)
    const colours = [...text.matchAll(/"(?:color|fixedColor|iconColor)":"([^"]+)"/g)]
    for (const [, colour = ''] of colours) {
      assert.ok(Object.values<string>(COLOURS).includes(colour), colour)
    }
    const modes = [...text.matchAll(/"color":\{(?:"fixedColor":"[^"]+",)?"mode":"([^"]+)"/g)]
    for (const [, mode = ''] of modes) {
      assert.ok(['fixed', 'continuous-BlYlRd', 'scheme'].includes(mode), mode)
    }
  })

  test(`${board.uid}: every query goes to the data source that is chosen`, () => {
    for (const { datasource, targets = [], title } of drawn(board)) {
      for (const { uid } of [datasource, ...targets.map((one) => one.datasource)].map(found)) {
        assert.equal(uid, '${datasource}', title)
      }
    }
  })

  test(`${board.uid}: links to the other boards keep variables and time range`, () => {
    const [link] = board.links
    assert.ok(link?.includeVars && link.keepTime)
    assert.equal(link.type, 'dashboards')
    for (const other of boards) assert.ok(link.tags.every((tag) => other.tags.includes(tag)))
    assert.ok(drawn(board).every((panel) => !JSON.stringify(panel).includes('"placement":"in')))
  })

  test(`${board.uid}: all boards have the same variables, and "All" is right without the label`, () => {
    const { list } = board.templating
    assert.deepEqual(
      list.map(({ name }) => name),
      ['datasource', 'testid', 'scenario', 'endpoint', 'region', 'technique', 'segment'],
    )
    for (const { name, multi, includeAll, allValue, sort } of list.slice(1)) {
      assert.ok(multi, name)
      if (includeAll) assert.equal(allValue, '.*', name)
      else assert.equal(name, 'testid')
      if (name === 'testid') assert.equal(sort, 2, 'newest first')
    }
  })

  test(`${board.uid}: it is live, and shows phases and faults`, () => {
    // The history is of runs that have ended, and a day of them is too much for every 5 s.
    assert.equal(board.refresh, board.uid === 'k6v-run-history' ? '1m' : '5s')
    assert.equal(board.schemaVersion, 39)
    const events = board.annotations.list.map(({ expr }) => expr).join(' ')
    assert.match(events, /k6_verdict_phase\{.*k6_verdict_fault\{/)
  })
}

function found(reference: { uid: string } | undefined): { uid: string } {
  assert.ok(reference)
  return reference
}
