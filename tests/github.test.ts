// The files that GitHub reads: nobody else would notice a mistake in them before it counts.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { projectPath } from '../scripts/core/project.ts'

interface Step {
  run?: string
  uses?: string
  with?: Record<string, string>
}

interface Job {
  'timeout-minutes'?: number
  strategy: { matrix: { node: number[] } }
  steps: Step[]
}

interface Workflow {
  permissions: Record<string, string>
  concurrency: { group: string }
  jobs: Record<string, Job>
}

interface Update {
  'package-ecosystem': string
  directory: string
}

interface Form {
  name: string
  description: string
  body: { type: string; id?: string; attributes: { label?: string } }[]
}

const { scripts, engines } = JSON.parse(text('package.json')) as {
  scripts: Record<string, string>
  engines: { node: string }
}
const workflow = parse(text('.github/workflows/ci.yml')) as Workflow
const jobs = Object.values(workflow.jobs)
const steps = jobs.flatMap((job) => job.steps)

test('every file is YAML', () => {
  const files = readdirSync(projectPath('.github'), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((each) => each.endsWith('.yml'))) {
    assert.equal(typeof parse(text(`.github/${file}`)), 'object', file)
  }
})

test('every npm script that CI runs exists', () => {
  const runs = steps.flatMap(({ run = '' }) => [...run.matchAll(/\bnpm (?:run )?([\w:]+)/g)])
  const names = runs.map(([, name = '']) => name).filter((name) => name !== 'ci')

  assert.deepEqual(
    names.filter((name) => !(name in scripts)),
    [],
  )
  assert.ok(names.includes('test') && names.includes('test:unit'))
})

test('CI runs on the oldest Node that engines allows, and on none that is older', () => {
  const [, oldest] = /^>=(\d+)/.exec(engines.node) ?? []
  for (const { strategy } of jobs) {
    assert.equal(Math.min(...strategy.matrix.node), Number(oldest))
  }
})

test('CI may only read, ends by itself, and runs actions of a version', () => {
  assert.deepEqual(workflow.permissions, { contents: 'read' })
  assert.ok(workflow.concurrency.group)
  for (const job of jobs) assert.ok(job['timeout-minutes'])
  for (const { uses } of steps) assert.match(uses ?? '@v1', /@v\d+(\.\d+\.\d+)?$/)
})

test('what CI takes versions from exists', () => {
  const files = steps.flatMap(({ with: given = {} }) => {
    return Object.entries(given).flatMap(([name, value]) => (/-file|-path/.test(name) ? value : []))
  })
  for (const file of files) assert.ok(existsSync(projectPath(file)), file)
})

test('dependabot looks at every file of dependencies', () => {
  const { updates } = parse(text('.github/dependabot.yml')) as { updates: Update[] }
  const manifests: Record<string, string> = { npm: 'package.json', gomod: 'go.mod' }
  const looked = updates.flatMap(({ 'package-ecosystem': kind, directory }) => {
    const name = manifests[kind]
    return name === undefined ? [] : `${directory}/${name}`.replace(/^\/+/, '')
  })
  const modules = readdirSync(projectPath('tools')).map((tool) => `tools/${tool}/go.mod`)

  assert.deepEqual(looked.sort(), ['package.json', ...modules].sort())
})

for (const name of ['bug', 'feature']) {
  test(`the form for a ${name} has what GitHub asks for`, () => {
    const form = parse(text(`.github/ISSUE_TEMPLATE/${name}.yml`)) as Form
    const fields = form.body.filter(({ type }) => type !== 'markdown')

    assert.ok(form.name && form.description && fields.length > 0)
    for (const { id, attributes } of fields) assert.ok(id && attributes.label)
    assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length)
  })
}

function text(path: string): string {
  return readFileSync(projectPath(path), 'utf8')
}
