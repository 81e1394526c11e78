import { join, resolve } from 'node:path'
import { projectPath } from '../core/project.ts'

/** Names another folder than `.observability`, for the servers and for the runs that they scrape. */
export const FOLDER_VARIABLE = 'K6_VERDICT_OBSERVABILITY'

/** Where the local servers keep what they know, and where runs tell them what to scrape. */
export interface StackFolder {
  path: string
  /** prometheus.yml, with paths relative to itself; rules and targets lie beside it. */
  prometheusConfig: string
  rules: string
  /** One file for each run that can be scraped now, in Prometheus' file_sd format. */
  targets: string
  /** Where Alertmanager is, in the same format. */
  alertmanagers: string
  alertmanagerConfig: string
  /** Addresses of what is running; there only while it is. */
  state: string
  logs: string
  /** Data of each server, by its name. */
  data: { prometheus: string; alertmanager: string; grafana: string }
}

/** The paths; `folder` is what the user typed, if anything. */
export function stackFolder(env: NodeJS.ProcessEnv, folder?: string): StackFolder {
  const named = folder ?? env[FOLDER_VARIABLE]
  const path = named ? resolve(named) : projectPath('.observability')
  return {
    path,
    prometheusConfig: join(path, 'prometheus.yml'),
    rules: join(path, 'rules'),
    targets: join(path, 'targets'),
    alertmanagers: join(path, 'alertmanagers'),
    alertmanagerConfig: join(path, 'alertmanager.yml'),
    state: join(path, 'stack.json'),
    logs: join(path, 'logs'),
    data: {
      prometheus: join(path, 'prometheus'),
      alertmanager: join(path, 'alertmanager'),
      grafana: join(path, 'grafana'),
    },
  }
}
