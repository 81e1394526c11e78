// A real Alertmanager on a free port of 127.0.0.1, and somebody who is notified.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../scripts/core/free-port.ts'

/** What Alertmanager sends to a webhook (its documentation, "webhook_config"), as far as it is read here. */
export interface Notification {
  receiver: string
  status: 'firing' | 'resolved'
  groupLabels: Record<string, string>
  alerts: { labels: Record<string, string>; annotations: Record<string, string> }[]
}

export interface TestAlertmanager {
  /** 127.0.0.1:<port>, as Prometheus' configuration wants it. */
  address: string
  close: () => Promise<void>
}

/** Why tests with an Alertmanager are skipped; false where there is one, and in CI, where it must be. */
export function skipWithoutAlertmanager(): string | false {
  const found = ['prometheus-alertmanager', 'amtool', 'prometheus', 'promtool'].every(
    (program) => spawnSync(program, ['--version']).status === 0,
  )
  return found || process.env['CI']
    ? false
    : 'no prometheus-alertmanager on PATH (Debian: apt install prometheus prometheus-alertmanager)'
}

/**
 * Starts one and waits until it is ready.
 *
 * @param config text of alertmanager.yml
 * @throws Error with its log when it ends instead
 */
export async function startAlertmanager(config: string): Promise<TestAlertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-alertmanager-'))
  await writeFile(join(folder, 'alertmanager.yml'), config)
  const address = `127.0.0.1:${await freePort()}`
  const args = [
    `--config.file=${join(folder, 'alertmanager.yml')}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    // Empty: it looks for no others.
    '--cluster.listen-address=',
  ]
  const child = spawn('prometheus-alertmanager', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)))
  const isReady = (): Promise<boolean> =>
    fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`Alertmanager ended:\n${said}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    address,
    close: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Webhook {
  /** Each receiver has a path of its own here. */
  url: string
  /** All that came so far, the oldest first. */
  received: Notification[]
  close: () => Promise<void>
}

/** A server that keeps what it is sent. */
export async function startWebhook(): Promise<Webhook> {
  const received: Notification[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push(JSON.parse(body) as Notification)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
