// Further APIs of the sandbox, each in a folder of systems/. They are loaded on request only, so that a first run starts
// as fast as it can.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Services } from './services.ts'
import { type SettingRule, type SettingRules, unknownVariables } from './settings.ts'

/** What `systems/<name>/system.ts` exports as `system`. */
export interface SandboxSystem<Setting extends string = string> {
  /** Its settings: `treeDelayMs` is the variable `SANDBOX_TREE_DELAY_MS`. Names have to be unique in the sandbox. */
  rules: Record<Setting, SettingRule>
  /** Creates its tables and adds its routes. */
  add(
    app: FastifyInstance,
    services: Services,
    settings: Record<Setting, number>,
  ): void | Promise<void>
}

/** Gives a system the types of its settings. */
export function defineSystem<Setting extends string>(system: SandboxSystem<Setting>) {
  return system as SandboxSystem
}

const FOLDER = join(import.meta.dirname, 'systems')

/** The names of all systems. */
export function systemNames(): string[] {
  const names = readdirSync(FOLDER)
  return names.filter((name) => existsSync(join(FOLDER, name, 'system.ts'))).sort()
}

/**
 * Loads systems by their names; `all` stands for every one.
 *
 * @throws Error that lists the known names when one is unknown
 */
export async function loadSystems(names: readonly string[]): Promise<SandboxSystem[]> {
  const known = systemNames()
  const unknown = names.find((name) => name !== 'all' && !known.includes(name))
  if (unknown !== undefined) {
    const valid = ['all', ...known].join(', ')
    throw new Error(`Expected --systems to name some of ${valid}, got "${unknown}"`)
  }
  const wanted = names.includes('all') ? known : names
  return Promise.all(wanted.map(loadSystem))
}

/** The settings of some systems; of all of them where the environment has one that may be another system's. */
export async function rulesFor(
  environment: NodeJS.ProcessEnv,
  systems: readonly SandboxSystem[],
): Promise<SettingRules> {
  const rules = rulesOf(systems)
  // One environment is for all runs of a suite, and each has another system.
  const isOfOthers = unknownVariables(environment, rules).length > 0
  return isOfOthers ? rulesOf(await loadSystems(['all'])) : rules
}

function rulesOf(systems: readonly SandboxSystem[]): SettingRules {
  return Object.assign({}, ...systems.map(({ rules }) => rules)) as SettingRules
}

async function loadSystem(name: string): Promise<SandboxSystem> {
  const { system } = (await import(`./systems/${name}/system.ts`)) as { system: SandboxSystem }
  return system
}
