import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consoleLines } from './script-output.ts'

function shown(lines: string[]): string[] {
  const found: string[] = []
  const add = consoleLines((line) => found.push(line))
  lines.forEach(add)
  return found
}

test('what a script says is shown, and nothing else of the log', () => {
  const lines = [
    'time="2026-11-30T21:25:57Z" level=info msg=hi source=console',
    String.raw`time="2026-11-30T21:25:57Z" level=warning msg="a \"b\"\nc" source=console`,
    'time="2026-11-30T21:25:57Z" level=error msg="Error: boom" executor=x source=stacktrace',
  ]
  assert.deepEqual(shown(lines), ['console: hi', 'console: a "b"\nc'])
})

test('a script that says too much is cut short', () => {
  const line = 'time="2026-11-30T21:25:57Z" level=info msg=hi source=console'
  const found = shown(Array.from({ length: 500 }, () => line))
  assert.deepEqual([found.length, found.at(-1)], [201, 'console: further lines are in k6.log'])
})
