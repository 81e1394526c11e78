// Makes JavaScript of test files, all of them at once: with a loader that transforms file by file, each took a second
// to start. The unit tests of a folder share a process, which loads the packages that they need once.
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { nodeBundle } from '../scripts/node-bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'build', `tests-${process.pid}`)
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
process.once('SIGINT', () => process.exit(130))

/** Builds test files. */
export function buildTests(files) {
  return build({
    ...nodeBundle,
    absWorkingDir: root,
    entryPoints: files,
    outbase: root,
    outdir: folder,
    chunkNames: 'shared/[hash]',
    sourcesContent: false,
  })
}

/** What Node is to run for files that were built, each in a process of its own, in the same order. */
export function processesOf(files) {
  return [...new Set(files.map(processOf))].map((name) => {
    const own = files.filter((file) => processOf(file) === name)
    const path = join(folder, `${name.replaceAll('/', '-')}.mjs`)
    writeFileSync(path, `import { describe } from 'node:test'\n${own.map(suiteOf).join('')}`)
    return path
  })
}

function processOf(file) {
  return file.includes('.e2e.') ? file : dirname(file)
}

// A suite for each file keeps its hooks to its own tests, and says which file a test is of.
function suiteOf(file) {
  return `describe('${file}', () => import('./${file.replace(/ts$/, 'mjs')}'))\n`
}
