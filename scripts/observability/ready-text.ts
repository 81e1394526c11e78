import { readdir } from 'node:fs/promises'
import { shownPath } from '../core/console.ts'
import type { Way } from './choose-way.ts'
import { RETENTION, type Stack, type StackPlan } from './stack.ts'
import { FOLDER_VARIABLE, stackFolder } from './stack-folder.ts'

const NO_GRAFANA = 'none: start Docker, or set GRAFANA_HOME to an unpacked Grafana 11 or newer'

/** What is there now, and what to type next. */
export async function readyText(stack: Stack, plan: StackPlan, way: Way): Promise<string> {
  const { folder } = plan
  const rules = (await readdir(folder.rules)).length
  const urls = stack.servers.map(({ name, url }) => {
    const detail = name === 'Prometheus' ? `  (${rules} rule files, ${versionText(way)})` : ''
    return row(name, `${shownUrl(name, url)}${detail}`)
  })
  const hasGrafana = stack.servers.some(({ name }) => name === 'Grafana')
  return [
    ...urls,
    ...(hasGrafana ? [] : [row('Grafana', NO_GRAFANA)]),
    row('Data', `${shownPath(folder.path)}, kept for ${RETENTION.replace('d', ' days')}`),
    '',
    'Next, in another terminal:',
    `  ${nextCommand(plan, process.env)}`,
    'Ctrl+C here ends all of it.',
  ].join('\n')
}

/** A run finds these servers through their data folder, so only a folder of one's own must be said. */
function nextCommand({ folder }: Pick<StackPlan, 'folder'>, env: NodeJS.ProcessEnv): string {
  const isKnown = stackFolder(env).path === folder.path
  const where = isKnown ? '' : `${FOLDER_VARIABLE}=${folder.path} `
  return `${where}npm run k6 -- spike --prometheus`
}

function shownUrl(name: string, url: string): string {
  return name === 'Grafana' ? `${url}/d/k6v-run-overview` : url
}

function versionText(way: Way): string {
  return 'docker' in way ? 'in Docker' : `version ${way.binaries.prometheus.version.text}`
}

function row(name: string, text: string): string {
  return `${name.padEnd(13)}${text}`
}
