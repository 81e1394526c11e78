// k6 forgets the tags of a virtual user that rested; each of its samples must have them again.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { DEFAULT_SETTINGS } from '../lib/run-settings.ts'
import { projectPath } from '../scripts/core/project.ts'
import { bundleScenario } from '../scripts/plan/bundle.ts'
import { withEchoServer } from './bench/echo-server.ts'
import { realK6 } from './k6.ts'

test('users of a second spike, who rested since the first, are tagged as those before', async () => {
  const workload = { name: 'rested-users', path: projectPath('tests', 'bench', 'echo') }
  const settings = { ...DEFAULT_SETTINGS, scenario: 'spike', users: 20, timeScale: 0.01 }
  const { path } = await bundleScenario({ workload, settings })
  const folder = await mkdtemp(join(tmpdir(), 'k6v-rested-'))
  try {
    const csv = join(folder, 'samples.csv')
    const { path: k6 } = await realK6()
    await withEchoServer((url) =>
      execa(k6, ['run', '--quiet', '--out', `csv=${csv}`, path], {
        env: { BASE_URL: url, PAUSE_SECONDS: '0.05', K6_NO_USAGE_REPORT: 'true' },
      }),
    )
    const lines = (await readFile(csv, 'utf8')).split('\n')
    const ofUsers = lines.filter((line) => !/operation=(auth|setup)/.test(line))
    const requests = ofUsers.filter((line) => line.startsWith('http_req_duration,'))

    assert.ok(requests.some((line) => line.includes('phase=spike-2')))
    requests.forEach((line) => {
      assert.match(line, /judged=(yes|no|if-named)/)
      assert.match(line, /operation=enhance/)
      assert.match(line, /phase=[a-z]/)
    })
  } finally {
    await rm(folder, { recursive: true })
    await rm(projectPath('build', 'rested-users'), { recursive: true })
  }
})
