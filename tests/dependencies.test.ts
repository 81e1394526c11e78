// What `npm ci --omit=dev` installs is what the commands need: no more, no less.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'

interface PackageFile {
  dependencies: Record<string, string>
  allowScripts: Record<string, boolean>
}

const { dependencies, allowScripts } = JSON.parse(read('package.json')) as PackageFile

/** Dashboards are made while developing; `grafana/generated` is what runs. */
const PRODUCT = ['scenarios', 'workloads', 'lib', 'scripts', 'sandbox'].flatMap((folder) =>
  filesOf(folder).map((file) => `${folder}/${file}`),
)
const BUNDLER = filesOf('', false).filter((file) => file.startsWith('esbuild.'))
const OF_TESTS = /\.test\.ts$|\/fixtures\//

/** `from 'x'`, `import('x')`, `import 'x'`, and `load('x')` of what is required. */
const PACKAGE =
  /\b(?:from|import|import\(|load\(|require\()\s*'((?:@[\w-]+\/)?[a-z][\w.-]*)[/\w.-]*'/g
/** k6's own modules, the workload that the bundler puts in. */
const NO_PACKAGE = ['k6', 'workload']

test('product code imports exactly the packages of dependencies', () => {
  const texts = [...PRODUCT, ...BUNDLER]
    .filter((file) => /\.m?ts$|\.mjs$/.test(file) && !OF_TESTS.test(file))
    .map(read)
    .filter((text) => !text.includes("from 'node:test'"))
  const imported = texts.flatMap((text) => [...text.matchAll(PACKAGE)].map(([, name = '']) => name))
  const packages = [...new Set(imported)].filter((name) => !NO_PACKAGE.includes(name))

  assert.deepEqual(packages.sort(), Object.keys(dependencies).sort())
})

// .npmrc keeps addresses out of the lock file, and without them npm matches no name with a version.
test('install scripts are allowed by name, which is all that npm matches here', () => {
  for (const name of Object.keys(allowScripts)) assert.doesNotMatch(name, /.@/)
})

function filesOf(folder: string, recursive = true): string[] {
  return readdirSync(projectPath(folder), { recursive, encoding: 'utf8' })
}

function read(file: string): string {
  return readFileSync(projectPath(file), 'utf8')
}
