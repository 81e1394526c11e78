// The house rules that a program can check: who imports whom, and that documents tell the truth.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PROJECT_FOLDER } from '../scripts/core/project.ts'
import { scenarioFiles } from '../scripts/plan/scenario-files.ts'
import { documents } from './documents.ts'
import { filesOf, type Import, importsOf, inside, read, SOURCES, targetOf } from './sources.ts'

// Put together, so that this file does not find itself.
const UNFINISHED = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`)

/** Small packages without a platform of their own, which esbuild puts into the bundle. */
const BUNDLED = ['but-csv']

/** What a folder's files (tests apart) may import; everything else is a fault. */
const ALLOWED: Record<string, (found: Import, target: string, file: string) => boolean> = {
  scenarios: ({ specifier }, target) => isWorkload(specifier) || inside(target, 'lib'),
  workloads: ({ specifier }, target) =>
    isK6(specifier) || inside(target, 'lib') || inside(target, 'workloads'),
  lib: ({ specifier }, target) =>
    isK6(specifier) || inside(target, 'lib') || BUNDLED.includes(specifier),
  scripts: ({ specifier, typeOnly }, target, file) =>
    isPackage(specifier) ||
    (typeOnly && (isK6(specifier) || inside(target, 'lib'))) ||
    inside(target, 'scripts') ||
    (inside(target, 'lib') && isPure(target)) ||
    (inside(file, 'scripts/sla') && target === 'thresholds/schema.json') ||
    (inside(file, 'scripts/suite') && target === 'suites/suite.schema.json') ||
    (inside(file, 'scripts/plan-file') && target === 'plans/plan.schema.json') ||
    target.startsWith('esbuild.config.'),
  grafana: ({ specifier }, target) =>
    isPackage(specifier) ||
    inside(target, 'grafana') ||
    inside(target, 'scripts/sla') ||
    inside(target, 'scripts/indicators') ||
    (inside(target, 'lib') && isPure(target)),
  sandbox: ({ specifier }, target) => isPackage(specifier) || inside(target, 'sandbox'),
  tests: () => true,
}

test('every folder imports only what its runtime has', () => {
  const faults = SOURCES.filter((file) => !file.endsWith('.test.ts')).flatMap((file) => {
    const [folder = ''] = file.split('/')
    return importsOf(file)
      .filter((found) => !ALLOWED[folder]?.(found, targetOf(file, found), file))
      .map(({ specifier }) => `${file} imports ${specifier}`)
  })
  assert.deepEqual(faults, [])
})

/** Every file of these is used by the product itself; `lib` is also for workloads that are not here. */
const PRODUCT = ['scripts', 'grafana', 'sandbox']

/** What is started, or loaded by a name. */
const STARTED =
  /^(grafana\/generate|sandbox\/main|scripts\/cli|sandbox\/systems\/[^/]+\/system)\.ts$/

test('what only tests need lies in tests/', () => {
  const files = [...PRODUCT, 'lib'].flatMap((folder) => filesOf(folder))
  const data = /(^|\/)(fixtures|examples|planted|cases)\/|(^|\/)example-[^/]*$|-example\.\w+$/
  assert.deepEqual(
    files.filter((file) => data.test(file)),
    [],
  )

  const code = SOURCES.filter((file) => !inside(file, 'tests') && !file.endsWith('.test.ts'))
  const used = new Set(
    code.flatMap((file) => importsOf(file).map((found) => targetOf(file, found))),
  )
  const unused = code.filter(
    (file) => PRODUCT.some((folder) => inside(file, folder)) && !used.has(file),
  )
  assert.deepEqual(
    unused.filter((file) => !STARTED.test(file)),
    [],
  )
})

/** The folders of scripts, lowest first: each imports only from itself and from those before it. */
const LAYERS = [
  ...['core', 'statistics', 'reasons', 'samples', 'indicators', 'sla', 'k6'],
  ...['observability', 'plan', 'stop', 'run-folder', 'segments', 'generator'],
  ...['server-metrics', 'resources', 'verdict', 'prometheus', 'verdict-from-prometheus'],
  ...['compare', 'report', 'export', 'script', 'recording', 'toxiproxy', 'options'],
  ...['data-file', 'engines/instances', 'engines/cloud', 'engines/kubernetes'],
  ...['engines/local', 'pairs', 'merge', 'history', 'doctor', 'plan-file', 'scaling'],
  ...['suite', 'commands'],
]

test('a folder of scripts imports only from itself and from the layers below it', () => {
  const faults = SOURCES.filter((file) => inside(file, 'scripts') && !file.endsWith('.test.ts'))
    .filter((file) => layerOf(file) !== undefined)
    .flatMap((file) => importsOf(file).map((found) => ({ file, target: targetOf(file, found) })))
    .filter(({ target }) => inside(target, 'scripts'))
    .filter(({ file, target }) => !isBelow(layerOf(target), layerOf(file)))
    .map(({ file, target }) => `${file} imports ${target}`)
  assert.deepEqual(faults, [])
})

test('every folder of scripts has its layer', () => {
  const folders = SOURCES.filter((file) => /^scripts\/.+\//.test(file)).map(layerOf)
  assert.deepEqual([...new Set(folders)].sort(), [...LAYERS].sort())
})

/** Undefined for the files of the command line itself, which import what they like and are imported by nobody. */
function layerOf(file: string): string | undefined {
  return /^scripts\/(engines\/[^/]+|[^/]+)\//.exec(file)?.[1]
}

function isBelow(low: string | undefined, high: string | undefined): boolean {
  return low !== undefined && LAYERS.indexOf(low) <= LAYERS.indexOf(high ?? '')
}

test('a pure file of lib imports nothing but types and other pure files', () => {
  const faults = SOURCES.filter((file) => inside(file, 'lib') && isPure(file)).flatMap((file) =>
    importsOf(file)
      .filter(({ typeOnly }) => !typeOnly)
      .filter((found) => !isPure(targetOf(file, found)) && !BUNDLED.includes(found.specifier))
      .map(({ specifier }) => `${file} imports ${specifier}`),
  )
  assert.deepEqual(faults, [])
})

test('a workload imports no other workload', () => {
  const faults = SOURCES.filter((file) => inside(file, 'workloads')).flatMap((file) =>
    importsOf(file)
      .map((found) => targetOf(file, found))
      .filter((target) => inside(target, 'workloads') && workloadOf(target) !== workloadOf(file))
      .map((target) => `${file} imports ${target}`),
  )
  assert.deepEqual(faults, [])
})

const workloadOf = (file: string): string | undefined => file.split('/')[1]

test('every scenario begins with the question that it answers', () => {
  const ofWorkloads = SOURCES.filter((file) => /^workloads\/[^/]+\/scenarios\//.test(file))
  for (const file of [...filesOf('scenarios'), ...ofWorkloads]) {
    assert.match(read(file).split('\n', 1)[0] ?? '', /^\/\/ \S.*[?.]$|^\/\/ .*: /, file)
  }
})

test('no file is left unfinished or holds more than one idea', () => {
  for (const file of SOURCES) {
    assert.ok(!UNFINISHED.test(read(file)), `${file} leaves something to do`)
    const lines = read(file).split('\n').length
    assert.ok(lines <= 260, `${file} has ${lines} lines`)
  }
})

test('files are named in kebab-case and for what is in them', () => {
  for (const file of SOURCES) {
    assert.match(file, /^[a-z0-9/.-]+$/, file)
    assert.doesNotMatch(file, /(utils|helpers|common|index)\.ts$/, file)
  }
})

test('every error code is documented, and every documented one exists', () => {
  const used = codesIn(
    SOURCES.filter((file) => inside(file, 'scripts') && !file.includes('.test.')),
  )
  const documented = [...read('docs/errors.md').matchAll(/^### (K6V_\w+)$/gm)].map(
    ([, code]) => code,
  )

  assert.deepEqual([...documented].sort(), used)
})

test('every npm script that a document names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  for (const { file, text } of documents()) {
    for (const [, name = ''] of text.matchAll(/npm run ([\w:]+)/g)) {
      assert.ok(name in scripts, `${file} names "npm run ${name}"`)
    }
  }
})

test('every path that a document names exists', () => {
  // The page about a new API names files that are the reader's to write.
  const deeper = filesOf('docs').filter((file) => /^docs\/.+\/.+\.md$/.test(file))
  const all = [...documents(), ...deeper.map((file) => ({ file, text: read(file) }))]
  const own = all.filter(({ file }) => !file.endsWith('add-your-api.md'))
  for (const { file, text } of own) {
    for (const [, path = ''] of text.matchAll(
      /`((?:lib|scripts|grafana|sandbox|tests|docs|thresholds|scenarios)\/[\w./-]*)`/g,
    )) {
      assert.ok(existsSync(join(PROJECT_FOLDER, path)), `${file} names ${path}`)
    }
  }
})

test('dependencies are pinned to one version, and the lock file names no server', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
  }
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+(-r\.\d+)?$/, name)
  }
  assert.doesNotMatch(read('package-lock.json'), /"resolved": "http/)
})

function isK6(specifier: string): boolean {
  return specifier === 'k6' || specifier.startsWith('k6/')
}

// What the bundler puts there is the workload of the run, or one of its parts.
function isWorkload(specifier: string): boolean {
  return specifier === 'workload' || specifier.startsWith('workload/')
}

function isPackage(specifier: string): boolean {
  return !specifier.startsWith('.') && !isK6(specifier) && !isWorkload(specifier)
}

function isPure(file: string): boolean {
  return inside(file, 'lib') && read(file).startsWith('// Pure')
}

function codesIn(files: string[]): string[] {
  const codes = files.flatMap((file) => read(file).match(/(?<=code: ')K6V_\w+/g) ?? [])
  return [...new Set(codes)].sort()
}

test('a scenario has one name in the whole project', () => {
  const names = scenarioFiles().map(({ name }) => name)
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
})
