import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OpenTarget } from '../plan/open-target.ts'
import { withRegionLatency } from './region-network.ts'

const targetAt = (base: string): OpenTarget => ({
  targets: { base, byRegion: {} },
  isSandbox: false,
  pids: [],
  close: () => Promise.reject(new Error('the target is closed by whoever opened it')),
})

const regions = ['us-east']
const latency = { 'us-east': { latencyMs: 20, jitterMs: 2 } }

test('an https target is refused: no certificate is for a proxy on this machine', async () => {
  const target = targetAt('https://api.example.com')
  await assert.rejects(withRegionLatency({ binary: '/nowhere', target, regions, latency }), {
    code: 'K6V_REGION_LATENCY',
    message: /used with an http:\/\/ target, got https:\/\/api\.example\.com/,
  })
})

test('a server that ends at once is an error with its exit code', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-toxiproxy-'))
  t.after(() => rm(folder, { recursive: true }))
  const binary = join(folder, 'toxiproxy-server')
  await writeFile(binary, '#!/bin/sh\nexit 3\n')
  await chmod(binary, 0o755)

  const target = targetAt('http://127.0.0.1:8080')
  await assert.rejects(withRegionLatency({ binary, target, regions, latency }), {
    code: 'K6V_TOXIPROXY_FAILED',
    message: /it ended with exit code 3/,
  })
  await assert.rejects(withRegionLatency({ binary: '/nowhere', target, regions, latency }), {
    code: 'K6V_TOXIPROXY_FAILED',
  })
})
