// A browser that shows k6's own dashboard sees all of the run, and holds nothing back.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { access, mkdtemp, readdir } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cliArguments, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

const SECONDS = 8
const RUN = [
  ...['sustained', '--users', '5', '--duration', `${SECONDS}s`, '--time-scale', '0.01'],
  ...['--web-dashboard', '--sla', 'tests/fixtures/lenient-sla.json'],
]

/** k6 ends, the samples are read, the verdict is made. */
const VERDICT_WITHIN_MS = 20_000

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

/** All that a tab which nobody closes is told. */
function openTab(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = get(`${url}/events`, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => resolve(text))
      answer.on('error', reject)
    })
    asked.on('error', reject)
  })
}

test('an open tab does not hold the verdict back', async () => {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const child = execa('node', cliArguments(RUN), {
    cwd: projectPath(),
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', K6_BIN },
    reject: false,
    timeout: 120_000,
  })
  const url = await new Promise<string>((resolve) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [, found] = /^web dashboard: (http:\S+)$/m.exec(text) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  const openedAtMs = Date.now()
  const told = await openTab(url)
  const { exitCode, stdout } = await child
  const tookMs = Date.now() - openedAtMs

  assert.match(told, /^event: snapshot$/m)
  assert.match(told, /^event: stop$/m)
  assert.ok(tookMs < SECONDS * 1_000 + VERDICT_WITHIN_MS, `${tookMs} ms\n${stdout}`)
  const [run = ''] = await readdir(results)
  const { delivery, reasons } = await verdictOf(join(results, run))
  assert.equal(delivery.end, 'complete', stdout)
  assert.ok(!reasons.some(({ code }) => code === 'DEADLINE_PASSED'), stdout)
  // Others may take the CPU from k6 meanwhile; whatever is said, is said by the exit code too.
  assert.equal(exitCode, stdout.includes('\nPASS') ? 0 : 91, stdout)
  const page = join(results, run, 'dashboard.html')
  await access(page)
  assert.match(stdout, /^Web dashboard {3}.*dashboard\.html$/m)
})
