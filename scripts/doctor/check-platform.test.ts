import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPlatform } from './check-platform.ts'
import { renderFindings } from './render-findings.ts'

test('on Linux nothing is missing', () => {
  assert.deepEqual(checkPlatform('linux'), [])
})

test('on macOS a line says each thing that only /proc tells', () => {
  const lines = linesOf('darwin')
  assert.deepEqual(
    lines.map((line) => line.slice(0, 23).trimEnd()),
    ['note     --max-memory', "note     k6's waits", 'note     machine use'],
  )
})

test('on Windows signals and a shell are missing, too, and there is a way out', () => {
  const lines = linesOf('win32')
  assert.equal(lines.length, 8)
  assert.match(lines.join('\n'), /^note {5}stopping a run +k6 ends at once.*INVALID$/m)
  assert.match(lines.at(-1) ?? '', /-> All of it works in WSL 2$/)
})

test('none of it keeps a run from working', () => {
  assert.match(renderFindings(checkPlatform('win32'), false), /Everything that a run needs is here/)
})

function linesOf(platform: NodeJS.Platform): string[] {
  return renderFindings(checkPlatform(platform), false).split('\n').slice(0, -2)
}
