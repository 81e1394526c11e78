import { say } from '../../core/console.ts'
import { type DashboardProxy, proxyDashboard } from './dashboard-proxy.ts'

/** The web dashboard of one k6, where it has one. */
export interface ShownDashboard {
  /** Gets what k6 prints. */
  onLine: (line: string) => void
  close: () => Promise<void>
}

/** Shows the dashboard as soon as k6 says at which port it has it. */
export function shownDashboard(): ShownDashboard {
  let proxy: Promise<DashboardProxy | undefined> | undefined
  return {
    onLine: (line) => {
      const [, port] = /^ *web dashboard: http:\/\/\S+:(\d+)/.exec(line) ?? []
      if (port !== undefined) proxy ??= show(Number(port))
    },
    close: async () => (await proxy)?.close(),
  }
}

async function show(port: number): Promise<DashboardProxy | undefined> {
  try {
    const proxy = await proxyDashboard(port)
    say(`web dashboard: ${proxy.url}`)
    return proxy
  } catch (error) {
    say(`the web dashboard cannot be shown: ${String(error)}`)
    return undefined
  }
}
