// Wrong answers of every kind, inside the real k6: each is counted once, and nothing is thrown.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { runLibrary } from './library-run.ts'

const BODIES: Record<string, string> = {
  '/good': '{"technique":"few-shot","cost_usd":0.25}',
  '/odd': '{"technique":"few-shot","cost_usd":2}',
  '/no-cost': '{"technique":"zero-shot"}',
  '/truncated': '{"technique":"few-sh',
  '/html': '<html>busy</html>',
  '/empty': '',
  '/null': 'null',
  '/wrong-type': '{"technique":7}',
  '/slow': '{"technique":"few-shot","cost_usd":0.25}',
}

const SLOW_MS = 600

test('each wrong answer is a counted failure with its reason, never an exception', async () => {
  const server = createServer((request, response) => {
    const body = BODIES[request.url ?? '']
    const answer = (): unknown => response.writeHead(body === undefined ? 503 : 200).end(body)
    setTimeout(answer, request.url === '/slow' ? SLOW_MS : 0)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const script = { file: 'tests/fixtures/libraries/validate.ts' }
    const { exitCode, stderr } = await runLibrary({ script, env: { BASE_URL } })

    // The script's thresholds say how often each reason must be counted.
    assert.equal(exitCode, 0, stderr)
    assert.doesNotMatch(stderr, /script exception|Uncaught/)
  } finally {
    server.close()
  }
})
