import type { Ports } from './ports.ts'
import type { StackFolder } from './stack-folder.ts'

/** What a start needs to know. */
export interface StackPlan {
  folder: StackFolder
  ports: Ports
  /** The user's own rule files or folders of them. */
  rules: readonly string[]
  alertmanagerConfig: string | undefined
  env: NodeJS.ProcessEnv
}

/** Servers that have been started, perhaps not ready yet. */
export interface Stack {
  servers: readonly StackServer[]
  /** This machine, as Prometheus reaches it. */
  scrapeHost: string
  /** Fails when one of them ends by itself. */
  lost: Promise<never>
  stop: () => Promise<void>
}

export interface StackServer {
  name: string
  /** Base URL on 127.0.0.1. */
  url: string
  readyUrl: string
  /** Where its own words are; undefined where they are Docker's to tell. */
  log?: string
}

/** Base URLs on 127.0.0.1. */
export function urlsOf(ports: Ports): Record<keyof Ports, string> {
  return {
    prometheus: `http://127.0.0.1:${ports.prometheus}`,
    alertmanager: `http://127.0.0.1:${ports.alertmanager}`,
    grafana: `http://127.0.0.1:${ports.grafana}`,
  }
}

/** Where each server says that it is ready. */
export const READY_PATHS = {
  prometheus: '/-/ready',
  alertmanager: '/-/ready',
  grafana: '/api/health',
} as const

/** How long Prometheus keeps runs. */
export const RETENTION = '90d'
