// The package as somebody installs it: its files, and its dependencies without those for development.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { extract } from 'tar'
import { createProgram } from '../scripts/program.ts'
import { projectPath } from '../scripts/core/project.ts'
import { scenarioFiles } from '../scripts/plan/scenario-files.ts'
import { cliArguments } from './cli.ts'
import { realK6 } from './k6.ts'

let project: string
let K6_BIN: string
/** What npm says while it installs. */
let installed: string

before(
  async () => {
    K6_BIN = (await realK6()).path
    project = await unpackedPackage()
    const { stderr } = await execa('npm', ['ci', '--omit=dev', '--prefer-offline'], {
      cwd: project,
    })
    installed = stderr
  },
  { timeout: 300_000 },
)

after(() => rm(project, { recursive: true, force: true }))

test('npm installs it without a warning', () => {
  assert.doesNotMatch(installed, /^npm warn/m)
})

test('every command has its help', async () => {
  // All scenarios are one command.
  const [, ...others] = scenarioFiles().map(({ name }) => name)
  const names = createProgram(() => undefined).commands.map((each) => each.name())
  for (const name of names.filter((each) => !others.includes(each))) {
    const stdout = await succeeds([name, '--help'])
    assert.match(stdout, new RegExp(`^Usage: npm run k6 -- ${name}`))
  }
})

// In this order: later ones read what earlier ones leave.
for (const [typed, says] of [
  ['list', /^ {2}spike +Spike:/m],
  ['doctor', /^ok +k6 /m],
  ['plan templates', /crud/],
  ['plan new crud shop.yaml', /shop\.yaml/],
  ['plan check shop.yaml', /shop\.yaml/],
  ['plan convert shop.yaml shop.json', /shop\.json/],
  ['suite --check suites/all-systems.yaml', /all-systems/],
  ['smoke --kubernetes', /kubernetes/],
  ['smoke', /^PASS/m],
  ['smoke --workload mcp-service', /^PASS/m],
  ['smoke --workload prompts-grpc', /^PASS/m],
  ['smoke --workload collection-store', /^PASS/m],
  ['report latest', /report\.html/],
  ['history', /-smoke-\w+ +PASS/],
  ['judge latest', /^PASS/m],
  ['export latest --format csv', /\.csv/],
] as const) {
  test(`"${typed}" works`, { timeout: 120_000 }, async () => {
    assert.match(await succeeds(typed.split(' ')), says)
  })
}

async function unpackedPackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-package-'))
  const packed = await execa('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: projectPath(),
  })
  const [archive] = JSON.parse(packed.stdout) as [{ filename: string }]
  await extract({ file: join(folder, archive.filename), cwd: folder, strip: 1 })
  for (const name of ['package-lock.json', '.npmrc']) {
    await copyFile(projectPath(name), join(folder, name))
  }
  return folder
}

/** What a command prints that exits with 0. */
async function succeeds(args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await execa('node', cliArguments(args, project), {
    cwd: project,
    env: { K6_BIN, NO_COLOR: '1' },
    stdin: 'ignore',
    reject: false,
  })
  assert.equal(exitCode, 0, `${args.join(' ')}\n${stdout}\n${stderr}`)
  return stdout
}
