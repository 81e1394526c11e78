import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCloudLine } from './cloud-command.ts'

// As k6 v2.2.0 prints them.
const LINES: [line: string, seen: ReturnType<typeof readCloudLine>][] = [
  [
    '        output: https://x.grafana.net/a/k6-app/runs/1',
    { url: 'https://x.grafana.net/a/k6-app/runs/1' },
  ],
  ['        output: cloud (https://app.k6.io/runs/123)', { url: 'https://app.k6.io/runs/123' }],
  [
    '        output: csv (a.csv), cloud (https://app.k6.io/runs/9)',
    { url: 'https://app.k6.io/runs/9' },
  ],
  ['        output: csv (samples.csv)', {}],
  ['Run    [   0% ] Queued', { progress: 'Queued' }],
  ['Run    [  35% ] 0m21.0s/1m0s', { progress: '35%, 0m21.0s of 1m0s' }],
  ['Init   [   0% ] Uploading archive', {}],
  ['     test status: Finished', {}],
]

for (const [line, seen] of LINES) {
  test(`"${line.trim()}" is read`, () => assert.deepEqual(readCloudLine(line), seen))
}
