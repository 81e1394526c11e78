import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { projectPath } from '../core/project.ts'
import { answers } from './await-ready.ts'
import { dataUnwritable } from './errors.ts'
import { removeDeadTargets } from './scrape-targets.ts'
import type { StackFolder } from './stack-folder.ts'

export interface FolderContent {
  /** The user's own rule files or folders of them, beside ours. */
  rules: readonly string[]
  /** Alertmanager's configuration; ours, which tells nobody, if left out. */
  alertmanagerConfig: string | undefined
  /** Host and port of Alertmanager, as Prometheus reaches it. */
  alertmanagerAddress: string
  /** This machine, as Prometheus reaches it. */
  scrapeHost: string
}

const NODE_EXPORTER_PORT = 9_100

/**
 * Makes the data folder ready for a start: configuration and rules are replaced, data stays.
 *
 * @throws ToolkitError when it cannot be written
 */
export async function prepareFolder(folder: StackFolder, content: FolderContent): Promise<void> {
  const { data, rules, targets, alertmanagers, logs } = folder
  try {
    await rm(rules, { recursive: true, force: true })
    for (const path of [rules, targets, alertmanagers, logs, ...Object.values(data)]) {
      await mkdir(path, { recursive: true })
    }
    await cp(projectPath('grafana', 'prometheus.yml'), folder.prometheusConfig)
    const local = projectPath('grafana', 'alertmanager-local.yml')
    await cp(content.alertmanagerConfig ?? local, folder.alertmanagerConfig)
    await copyRules(projectPath('grafana', 'generated', 'rules'), rules)
    for (const own of content.rules) await copyRules(own, rules)
    await writeTargets(join(alertmanagers, 'local.json'), content.alertmanagerAddress)
    await removeDeadTargets(folder)
    await offerNodeExporter(folder, content.scrapeHost)
  } catch (cause) {
    throw dataUnwritable(folder.path, cause)
  }
}

// Two files of one name, ours and the user's, must both stay.
async function copyRules(from: string, to: string): Promise<void> {
  const isFile = /\.ya?ml$/.test(from)
  const names = isFile ? [basename(from)] : await readdir(from).catch(() => [])
  const taken = await readdir(to)
  for (const name of names.filter((each) => /\.ya?ml$/.test(each))) {
    const free = taken.includes(name) ? `own-${name}` : name
    const target = join(to, free.replace(/\.yaml$/, '.yml'))
    await cp(isFile ? from : join(from, name), target)
  }
}

async function offerNodeExporter({ targets }: StackFolder, scrapeHost: string): Promise<void> {
  const path = join(targets, 'node-exporter.json')
  const isThere = await answers(`http://127.0.0.1:${NODE_EXPORTER_PORT}/metrics`)
  if (!isThere) return rm(path, { force: true })
  await writeTargets(path, `${scrapeHost}:${NODE_EXPORTER_PORT}`, { job: 'node' })
}

async function writeTargets(
  path: string,
  target: string,
  labels: Record<string, string> = {},
): Promise<void> {
  await writeFile(path, `${JSON.stringify([{ targets: [target], labels }])}\n`)
}
