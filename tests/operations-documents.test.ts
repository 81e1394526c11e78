// Who is called at night must find a section for the alert, queries that parse and commands that exist.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { parse, stringify } from 'yaml'
import { generateRules } from '../grafana/rules/generate-rules.ts'
import { skipWithoutPromtool } from './support/grafana/promtool.ts'
import { projectPath } from '../scripts/core/project.ts'
import { settingsFromEnvironment } from '../sandbox/settings.ts'
import { cli } from './cli.ts'

const PAGES = ['docs/runbook.md', 'docs/escalation-procedures.md', 'docs/optimization-guide.md']
const [RUNBOOK = ''] = PAGES

const rules = Object.values(await generateRules()).flatMap((text) =>
  (parse(text) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules),
)
const alerts = [...new Set(rules.flatMap(({ alert }) => alert ?? []))].sort()

interface Rule {
  alert?: string
  record?: string
  labels?: Record<string, string>
}

test('the runbook has one section for every alert, and none for another', () => {
  const sections = sectionsOf(read(RUNBOOK)).map(({ title }) => title)
  assert.deepEqual([...sections].sort(), alerts)
})

test('a section says meaning, impact, three first looks and mitigation, in this order', () => {
  for (const { title, text } of sectionsOf(read(RUNBOOK))) {
    const parts = [...text.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, part]) => part)
    assert.deepEqual(parts, ['Meaning', 'Impact', 'First looks', 'Mitigation'], title)
    const looks =
      text
        .split('**Mitigation.**')[0]
        ?.split(/^\d\. /m)
        .slice(1) ?? []
    assert.equal(looks.length, 3, title)
    for (const look of looks) {
      assert.match(look, /```promql\n|`(npm run|tail|du) [^`]+`/, `${title}: ${look}`)
    }
  }
})

test('every query of the pages has valid PromQL', { skip: skipWithoutPromtool() }, () => {
  const queries = PAGES.flatMap((page) => queriesOf(read(page)))
  assert.ok(queries.length > 60, `${queries.length} queries`)
  const document = {
    groups: [
      { name: 'pages', rules: queries.map((expr, i) => ({ record: `page:query${i}`, expr })) },
    ],
  }
  const folder = mkdtempSync(join(tmpdir(), 'k6v-pages-'))
  writeFileSync(join(folder, 'queries.yml'), stringify(document))
  const args = ['check', 'rules', '--lint=none', join(folder, 'queries.yml')]
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  assert.equal(status, 0, `${stdout}${stderr}`)
})

test('every recorded series and every alert that a page names exists', () => {
  const records = new Set(rules.flatMap(({ record }) => record ?? []))
  for (const page of PAGES) {
    for (const [name] of read(page).matchAll(/\bk6:[\w:]+/g)) {
      assert.ok(records.has(name), `${page} names ${name}`)
    }
    for (const [name] of read(page).matchAll(/\bK6[A-Z]\w+/g)) {
      assert.ok(alerts.includes(name), `${page} names ${name}`)
    }
  }
})

test('every command of the pages has options that exist', { timeout: 120_000 }, async () => {
  const help = new Map<string, Promise<string>>()
  const helpOf = (command: string): Promise<string> => {
    const known = help.get(command) ?? cli([command, '--help']).then(({ stdout }) => stdout)
    help.set(command, known)
    return known
  }
  const commands = PAGES.flatMap((page) => commandsOf(read(page)))
  assert.ok(commands.length > 10, `${commands.length} commands`)
  for (const { line, command, options, environment } of commands) {
    const text = await helpOf(command)
    assert.match(text, new RegExp(`^Usage: npm run k6 -- ${command}\\b`), line)
    for (const option of options) assert.match(text, new RegExp(`^ +${option}\\b`, 'm'), line)
    assert.doesNotThrow(() => settingsFromEnvironment(environment), line)
  }
})

test('every severity and component of an alert is in the escalation procedures', () => {
  const page = read('docs/escalation-procedures.md')
  for (const { labels = {} } of rules) {
    for (const key of ['severity', 'component']) {
      const value = labels[key]
      if (value !== undefined) assert.ok(page.includes(`| \`${value}\``), `${key} ${value}`)
    }
  }
})

test('every page that a page links to exists', () => {
  for (const page of PAGES) {
    for (const [, link = ''] of read(page).matchAll(/\]\(([\w./-]+\.md)\)/g)) {
      assert.ok(existsSync(projectPath(dirname(page), link)), `${page} links to ${link}`)
    }
  }
})

function read(page: string): string {
  return readFileSync(projectPath(page), 'utf8')
}

function sectionsOf(text: string): { title: string; text: string }[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: section.split('\n', 1)[0] ?? '', text: section }))
}

function queriesOf(text: string): string[] {
  return [...text.matchAll(/^ *```promql\n([\s\S]*?)\n *```$/gm)].map(([, query = '']) =>
    query.trim(),
  )
}

interface PageCommand {
  line: string
  command: string
  options: string[]
  environment: Record<string, string>
}

/** `SANDBOX_X=1 npm run k6 -- load --users 5`, wherever it stands. */
function commandsOf(text: string): PageCommand[] {
  const found = text.matchAll(/((?:[A-Z_]+=\S+ )*)npm run k6 -- ([\w-]+)([^`\n#]*)/g)
  return [...found].map(([line, variables = '', command = '', rest = '']) => ({
    line,
    command,
    options: rest.match(/--[\w-]+/g) ?? [],
    environment: Object.fromEntries(
      (variables.match(/\S+=\S+/g) ?? []).map((pair) => pair.split('=') as [string, string]),
    ),
  }))
}
