import { execa } from 'execa'
import { rulesRefused } from './errors.ts'
import type { Binaries } from './find-binaries.ts'
import { startGuard } from './guard.ts'
import { requireFreePorts, type Ports } from './ports.ts'
import { prepareFolder } from './prepare-folder.ts'
import { serverCommands } from './server-commands.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import type { Stack, StackPlan } from './stack.ts'

const SCRAPE_HOST = '127.0.0.1'

const CHECK_TIMEOUT_MS = 30_000

/**
 * Starts the servers of this machine.
 *
 * @throws ToolkitError when a port is taken, the rules are wrong or a program does not start; then
 *   nothing is left running
 */
export async function startBinaries(plan: StackPlan, binaries: Binaries): Promise<Stack> {
  const { folder, ports, rules, alertmanagerConfig } = plan
  const names: (keyof Ports)[] = ['prometheus', 'alertmanager']
  await requireFreePorts(ports, binaries.grafana ? [...names, 'grafana'] : names)
  await prepareFolder(folder, {
    rules,
    alertmanagerConfig,
    alertmanagerAddress: `127.0.0.1:${ports.alertmanager}`,
    scrapeHost: SCRAPE_HOST,
  })
  if (binaries.promtool !== undefined) await checkConfig(binaries.promtool, folder.prometheusConfig)

  const guard = startGuard(plan.env)
  const started: ServerProcess[] = []
  const stop = async (): Promise<void> => {
    // Prometheus was started last and ends first: it would else complain of the others.
    await Promise.all([...started].reverse().map((server) => server.stop()))
    guard.close()
  }
  try {
    const commands = serverCommands(plan, binaries)
    for (const command of commands) started.push(await startServer(command, guard))
    const servers = commands.map(({ name, readyUrl, log }) => {
      return { name, readyUrl, log, url: new URL(readyUrl).origin }
    })
    const lost = Promise.race(started.map((server) => server.lost))
    lost.catch(() => undefined)
    return { servers, scrapeHost: SCRAPE_HOST, lost, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

// Prometheus itself would say it too, but in its log and in one line.
async function checkConfig(promtool: string, config: string): Promise<void> {
  const { failed, stdout, stderr } = await execa(promtool, ['check', 'config', config], {
    reject: false,
    stdin: 'ignore',
    timeout: CHECK_TIMEOUT_MS,
  })
  if (failed) throw rulesRefused(`${stdout}\n${stderr}`.trim())
}
