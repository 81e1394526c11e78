import { type Command, Option } from 'commander'
import { wrongValue } from '../core/usage-errors.ts'
import { type Ports, USUAL_PORTS } from './ports.ts'

/** What the user may say about the local servers. */
export interface ObservabilityOptions {
  with?: 'docker' | 'binaries'
  prometheusPort: number
  alertmanagerPort: number
  grafanaPort: number
  data?: string
  rules: string[]
  alertmanagerConfig?: string
}

const HELP = `
Examples:
  npm run observability
  npm run observability -- --prometheus-port 19090 --grafana-port 13000
  npm run observability -- --data ~/load-test-history --rules my-alerts.yml
  GRAFANA_HOME=~/grafana-11.0.0 npm run observability -- --with binaries

Then, in another terminal:
  npm run k6 -- spike --prometheus

All of it listens on 127.0.0.1 only. Ctrl+C ends it; the data stays, for 90 days.`

/** Adds the options of the command. */
export function addObservabilityOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--with <way>', 'default: Docker where it answers, else binaries').choices([
        'docker',
        'binaries',
      ]),
    )
    .addOption(portOption('prometheus'))
    .addOption(portOption('alertmanager'))
    .addOption(portOption('grafana'))
    .option('--data <folder>', 'default: .observability, or K6_VERDICT_OBSERVABILITY')
    .option('--rules <path>', 'your own rule file or folder, beside ours; repeatable', append, [])
    .option('--alertmanager-config <file>', 'default: one that tells nobody')
    .addHelpText('after', HELP)
}

function portOption(server: keyof Ports): Option {
  const flags = `--${server}-port <n>`
  return new Option(flags, 'on 127.0.0.1').default(USUAL_PORTS[server]).argParser((text) => {
    const port = Number(text)
    if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
    throw wrongValue(`--${server}-port`, 'a whole number from 1 to 65535', text)
  })
}

function append(value: string, values: string[]): string[] {
  return [...values, value]
}
