// `npm run dashboards` writes grafana/generated/; with --check it only compares, and fails with the
// names of the files that are not what the sources make.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { staleFiles } from './compare-generated.ts'
import { generatedFiles } from './generated-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values

const files = await generatedFiles()
const stale = staleFiles(root, files)

if (check && stale.length > 0) {
  const list = stale.map(({ path, fault }) => `  ${path} (${fault})`).join('\n')
  process.stderr.write(
    `Expected grafana/generated to be what its sources make, got:\n${list}\nRun "npm run dashboards" and commit the files.\n`,
  )
  process.exitCode = 1
} else if (!check) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const left = stale.filter(({ fault }) => fault === 'without a source')
  for (const { path } of left) process.stderr.write(`${path} has no source any more: delete it\n`)
  process.stdout.write(`${Object.keys(files).length} files in grafana/generated\n`)
}
