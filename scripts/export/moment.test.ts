import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absoluteUs, parseMoment } from './moment.ts'

const START_MS = 1_795_274_766_000

for (const [text, seconds] of [
  ['2026-11-21T15:26:06Z', 0],
  ['2026-11-21T15:26:06', 0],
  ['2026-11-21T17:26:06+02:00', 0],
  ['2026-11-21T15:26:07.5Z', 1.5],
  ['2026-11-21', -55_566],
  ['90s', 90],
  ['1m30s', 90],
  ['0s', 0],
  ['250ms', 0.25],
] as const) {
  test(`${text} is ${seconds} s after the start of the load`, () => {
    const moment = parseMoment(text) ?? assert.fail()
    assert.equal(absoluteUs(moment, START_MS), (START_MS + seconds * 1_000) * 1_000)
  })
}

for (const text of ['', '90', '-5s', 'soon', '2026-13-41T00:00:00Z', '21.11.2026', '1e3s']) {
  test(`"${text}" is no time`, () => {
    assert.equal(parseMoment(text), undefined)
  })
}
