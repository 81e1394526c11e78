// The script of docs/observability.md, as a timer starts it: only its load is made small.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { findChromium } from '../scripts/report/pdf.ts'
import { exitCode as exitCodeOf } from '../scripts/verdict/exit-code.ts'
import { verdictOf } from './cli.ts'
import { skipWithoutServers, startStack, temporaryFolder } from './observability-stack.ts'

const chromium = await findChromium(process.env).catch(() => undefined)
const skip = skipWithoutServers() || (chromium || process.env['CI'] ? false : 'no Chromium here')

const LOAD = 'load --target https://staging.example.com --i-own-this-target'
const SMALL = 'spike --users 5 --time-scale 0.01'

test(
  'a scheduled run delivers its report and its numbers, with the exit code of the run',
  { skip },
  async (t) => {
    const folder = await temporaryFolder(t)
    const text = await readFile(projectPath('docs', 'observability.md'), 'utf8')
    const [, script = ''] = /```sh\n(#!\/bin\/sh[^`]*)```/.exec(text) ?? []
    assert.ok(script.includes(LOAD))
    const path = join(folder, 'scheduled-run.sh')
    await writeFile(path, script.replace(LOAD, SMALL))

    const stack = await startStack(t, { args: ['--with', 'binaries'] })
    const results = join(folder, 'results')
    const { exitCode, all } = await execa('sh', [path, join(folder, 'delivered')], {
      cwd: projectPath(),
      env: { K6_VERDICT_OBSERVABILITY: stack.folder, K6_VERDICT_RESULTS: results, NO_COLOR: '1' },
      reject: false,
      all: true,
      timeout: 120_000,
    })
    const [id = ''] = await readdir(results)
    assert.equal(exitCode, exitCodeOf(await verdictOf(join(results, id))), all)
    const delivered = join(folder, 'delivered', id)
    const files = await readdir(delivered)
    const wanted = ['dashboards.csv', 'junit.xml', 'report.html', 'report.md', 'report.pdf']
    assert.deepEqual(files.sort(), wanted, all)
    for (const file of wanted) assert.ok((await stat(join(delivered, file))).size > 300, file)
  },
)
