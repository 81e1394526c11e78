// docs/workloads/<system>.md maps a system's document to commands and objectives: what it names exists, every objective
// is named, and k6 plans every command.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { systemNames } from '../sandbox/system.ts'
import type { RunOptions } from '../scripts/options/run-options.ts'
import { settingsOf } from '../scripts/options/check-run-options.ts'
import { createProgram } from '../scripts/program.ts'
import { projectPath } from '../scripts/core/project.ts'
import { planRun } from '../scripts/plan/plan-run.ts'
import { findWorkload, scenarioFiles } from '../scripts/plan/scenario-files.ts'
import { realK6 } from './k6.ts'

interface Row {
  document: string
  number: string
  command: string
  objective: string
}

let k6: string

before(async () => {
  k6 = (await realK6()).path
})

for (const system of systemNames()) {
  test(`${system} has a workload, an SLA file and a page that maps its document`, () => {
    const parts = [`workloads/${system}/workload.ts`, `thresholds/${system}.json`, pageOf(system)]
    for (const part of parts) assert.ok(existsSync(projectPath(part)), `${part} is missing`)
    assert.ok(rowsOf(system).length > 0, `${pageOf(system)} has no row`)
  })

  test(`the page of ${system} has no empty cell and names every objective, and no other`, () => {
    const rows = rowsOf(system)
    for (const row of rows) {
      for (const [column, cell] of Object.entries(row)) {
        assert.notEqual(cell, '', `${column} of ${JSON.stringify(row)}`)
      }
    }
    const sla = JSON.parse(readFileSync(projectPath(`thresholds/${system}.json`), 'utf8')) as {
      objectives: { id: string }[]
    }
    const known = sla.objectives.map(({ id }) => id)
    const named = rows.flatMap(({ objective }) => inCode(objective))
    const objectives = named.filter((name) => !name.includes('/'))
    assert.deepEqual(
      objectives.filter((name) => !known.includes(name)),
      [],
      'not in the SLA file',
    )
    assert.deepEqual(
      known.filter((name) => !objectives.includes(name)),
      [],
      'not on the page',
    )
    const paths = named.filter((name) => name.includes('/'))
    for (const path of paths) assert.ok(existsSync(projectPath(path)), `${path} is missing`)
  })

  test(`every command on the page of ${system} can run`, async () => {
    const commands = rowsOf(system).flatMap(({ command }) => inCode(command))
    assert.ok(commands.length > 0)
    for (const command of new Set(commands)) await plan(command)
  })
}

// As far as a run goes without a load.
async function plan(text: string): Promise<void> {
  const [, name = '', rest = ''] = /^npm run k6 -- ([\w-]+) ?(.*)$/.exec(text) ?? []
  const command = createProgram(() => undefined).commands.find((each) => each.name() === name)
  assert.ok(command, `${text}: no such command`)
  const { unknown } = command.parseOptions(rest.split(' ').filter((word) => word !== ''))
  if (name !== 'run') assert.deepEqual(unknown, [], text)
  if (!scenarioFiles().some((scenario) => scenario.name === name)) return
  const options = command.opts<RunOptions>()
  const workload = findWorkload(options.workload)
  assert.ok(workload, text)
  const settings = settingsOf(name, options, { id: 'page', timeScale: options.timeScale ?? 1 })
  await assert.doesNotReject(
    planRun({ workload, settings, slaPath: options.sla, k6, env: process.env }),
    text,
  )
}

const pageOf = (system: string): string => `docs/workloads/${system}.md`

/** Rows of the tables with these four columns. */
function rowsOf(system: string): Row[] {
  const lines = readFileSync(projectPath(pageOf(system)), 'utf8').split('\n')
  const tables = lines.filter((line) => line.startsWith('|')).map(cellsOf)
  const rows = tables.filter(
    (cells) => cells.length === 4 && !/^(Document|:?-+:?)$/.test(cells[0] ?? ''),
  )
  return rows.map(([document = '', number = '', command = '', objective = '']) => {
    return { document, number, command, objective }
  })
}

const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())

const inCode = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
